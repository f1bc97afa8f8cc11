package com.example.flyway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Embeddings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** The way of a vectorizer with Flyway: migrate, clean, migrate again, undo. */
class BlogTest {

    private static final String OWNER = "blog_owner";

    @Test
    void migrate_clean_migrate_undo() throws Exception {
        try (TestDatabase database = TestDatabases.standard().create()) {
            createOwner(database);
            Pgai pgai = Pgai.on(database.dataSource());
            Flyway flyway = Flyway.configure()
                    .dataSource(database.url() + "&options=-c%20role%3D" + OWNER, database.user(), database.password())
                    .cleanDisabled(false)
                    .load();

            flyway.migrate();
            assertTrue(pgai.exists("blog_content_embedder"));

            // Without pgai-flyway the vectorizer would outlive its table, and the second migrate would fail.
            flyway.clean();
            assertEquals(List.of(), pgai.list());
            flyway.migrate();
            assertTrue(pgai.exists("blog_content_embedder"));

            // What a V3 would do with VectorizerChange.drop("blog_content_embedder", Embeddings.DROP).
            pgai.drop("blog_content_embedder", Embeddings.DROP);
            execute(database, "drop owned by " + OWNER, "drop role " + OWNER);
        }
    }

    /**
     * The role that migrates owns its tables, and not the extension vector: a clean drops the extensions of its role,
     * and functions of pgai's would go with this one.
     */
    private static void createOwner(TestDatabase database) throws SQLException {
        execute(
                database,
                "create role " + OWNER,
                "grant all on schema public to " + OWNER,
                "select ai.grant_vectorizer_usage('" + OWNER + "', admin => true)");
    }

    private static void execute(TestDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
