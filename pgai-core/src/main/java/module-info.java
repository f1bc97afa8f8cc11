/**
 * What a vectorizer is, what can be done to it, and its SQL. Knows no connection: {@code java.sql} is not readable
 * here.
 */
@SuppressWarnings("module") // those that it opens packages to are compiled later
module dev.pgai.core {
    requires com.fasterxml.jackson.databind;
    requires static transitive org.jspecify;

    exports dev.pgai;
    exports dev.pgai.catalog;
    exports dev.pgai.change;
    exports dev.pgai.database;
    exports dev.pgai.managed;
    exports dev.pgai.plan;
    exports dev.pgai.plan.migration;
    exports dev.pgai.managed.exclusion;
    exports dev.pgai.search;
    exports dev.pgai.vectorizer;
    exports dev.pgai.argument to
            dev.pgai.jdbc;
    exports dev.pgai.json to
            dev.pgai.cli,
            dev.pgai.jdbc,
            dev.pgai.liquibase;
    exports dev.pgai.secret to
            dev.pgai.cli;
    exports dev.pgai.sql to
            dev.pgai.jdbc,
            dev.pgai.testkit;
    exports dev.pgai.version to
            dev.pgai.jdbc;
}
