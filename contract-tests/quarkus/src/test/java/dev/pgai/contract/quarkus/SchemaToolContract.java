package dev.pgai.contract.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.junit.PgaiDatabase;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Hibernate's schema tool has done when the application has started on a database with embeddings. */
abstract class SchemaToolContract {

    @PgaiDatabase
    TestDatabase database;

    @Inject
    VectorizerService service;

    @Test
    void the_store_is_as_it_was() throws SQLException {
        assertThat(number("select count(*) from blog_embeddings_store")).isEqualTo(1);
        assertThat(number("select count(*) from pg_constraint where contype = 'f'"
                        + " and conrelid = 'blog_embeddings_store'::regclass"))
                .isZero();
        assertThat(number("select count(*) from information_schema.columns where column_name = 'missing'"))
                .isZero();
        assertThat(service.pgai().list()).hasSize(1);
    }

    final int number(String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** An application with a schema tool, and without Flyway. */
    abstract static class WithSchemaTool implements QuarkusTestProfile {

        abstract String strategy();

        /** By the names that older and newer versions of Quarkus know. */
        static Map<String, String> settings(String strategy) {
            return Map.of(
                    "quarkus.hibernate-orm.database.generation", strategy,
                    "quarkus.hibernate-orm.schema-management.strategy", strategy);
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return settings(strategy());
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(FilledDatabase.class));
        }
    }
}
