package dev.pgai.contract.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The modules that are released, each with what it may know. What is not here it does not know. */
@SuppressWarnings("ImmutableEnumChecker") // nobody writes to the lists
enum Module {
    CORE("dev.pgai", List.of(), "com.fasterxml.jackson.."),
    JDBC("dev.pgai.jdbc", List.of(CORE), "java.sql", "javax.sql", "org.slf4j.."),

    FLYWAY("dev.pgai.flyway", List.of(CORE, JDBC), "java.sql", "org.flywaydb.."),
    HIBERNATE(
            "dev.pgai.hibernate",
            List.of(CORE, JDBC),
            "java.sql",
            "jakarta.persistence",
            "org.hibernate..",
            "org.jboss.logging.."),
    LIQUIBASE(
            "dev.pgai.liquibase",
            List.of(CORE, JDBC),
            "java.sql",
            "liquibase..",
            "org.yaml.snakeyaml..",
            "org.hibernate.boot",
            "org.hibernate.mapping"),
    MYBATIS(
            "dev.pgai.mybatis",
            List.of(CORE, JDBC),
            "java.sql",
            "org.apache.ibatis..",
            "org.mybatis.generator..",
            "org.postgresql.util.."),

    TESTKIT(
            "dev.pgai.testkit",
            List.of(CORE, JDBC),
            "java.sql",
            "javax.sql",
            "com.fasterxml.jackson..",
            "com.github.dockerjava..",
            "liquibase..",
            "org.apache.commons.compress..",
            "org.assertj..",
            "org.flywaydb..",
            "org.junit..",
            "org.opentest4j..",
            "org.postgresql..",
            "org.slf4j..",
            "org.testcontainers..",
            "org.tukaani.xz..");

    private final String root;
    private final List<Module> below;
    private final List<String> libraries;

    Module(String root, List<Module> below, String... libraries) {
        this.root = root;
        this.below = below;
        this.libraries = List.of(libraries);
    }

    /** The name of its folder, and of its jar without the version. */
    String folder() {
        return "pgai-" + name().toLowerCase(Locale.ROOT);
    }

    /** The package that all of its packages are in. */
    String root() {
        return root;
    }

    /** The modules that it may know. */
    List<Module> below() {
        return below;
    }

    /** The packages of others that it may know, beside those of Java itself. */
    String[] libraries() {
        return libraries.toArray(String[]::new);
    }

    /** One for each tool. */
    boolean isAdapter() {
        return this != CORE && this != JDBC && this != TESTKIT;
    }

    /** Where a class comes from; none for what is not ours. */
    static Optional<Module> of(JavaClass type) {
        String source = type.getSource().map(found -> found.getUri().toString()).orElse("");
        for (Module module : values()) {
            if (source.contains("/" + module.folder() + "/target/")) {
                return Optional.of(module);
            }
        }
        return Optional.empty();
    }

    DescribedPredicate<JavaClass> classes() {
        return DescribedPredicate.describe(
                "are in " + folder(),
                type -> of(type.getBaseComponentType()).filter(this::equals).isPresent());
    }
}
