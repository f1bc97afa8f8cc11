package dev.pgai.spring.boot;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What {@code application.properties} may say of pgai.
 *
 * @param vectorizers locations of resources, such as classpath:vectorizers.json, each with a JSON array of definitions
 *     of vectorizers
 * @param vectorizersMode what is done with them when the application starts, after the migrations of Flyway or
 *     Liquibase and before JPA
 * @param metrics what Micrometer's gauges do
 */
@ConfigurationProperties("pgai")
public record PgaiProperties(
        @DefaultValue List<String> vectorizers,
        @DefaultValue("none") VectorizersMode vectorizersMode,
        @DefaultValue Metrics metrics) {

    /** What is done when an application starts. */
    public enum VectorizersMode {
        /** Nothing. */
        NONE,
        /** The application does not start unless each is there, whole and as its definition says. */
        VALIDATE,
        /** Those that are not there are created, all or none; for the others as {@link #VALIDATE}. */
        CREATE
    }

    /**
     * What Micrometer's gauges do.
     *
     * @param refresh how long what was read of the database is shown before it is read again
     */
    public record Metrics(@DefaultValue("1m") Duration refresh) {}
}
