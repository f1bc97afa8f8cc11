package dev.pgai.liquibase;

import liquibase.configuration.AutoloadedConfigurations;
import liquibase.configuration.ConfigurationDefinition;

/** What can be set for pgai, in the ways in which all of Liquibase can: properties file, environment, command line. */
public final class PgaiConfiguration implements AutoloadedConfigurations {

    /**
     * {@code liquibase.pgai.definitions}, {@code LIQUIBASE_PGAI_DEFINITIONS}: files, separated by commas and found as
     * changelogs are, that declare vectorizers which a diff leaves alone although no database has them yet. A file is
     * one that {@link dev.pgai.plan.DesiredState#read} takes, or a changelog, of which the {@code createVectorizer}
     * changes count that no later change drops. By default there are none.
     */
    public static final ConfigurationDefinition<String> DEFINITIONS = new ConfigurationDefinition.Builder(
                    "liquibase.pgai")
            .define("definitions", String.class)
            .setDescription("Files that declare vectorizers: definitions in JSON, or changelogs")
            .build();

    /** For Liquibase. */
    public PgaiConfiguration() {}
}
