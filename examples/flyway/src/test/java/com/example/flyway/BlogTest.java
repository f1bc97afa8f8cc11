package com.example.flyway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Embeddings;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** The way of a vectorizer with Flyway: migrate, clean, migrate again, undo. */
class BlogTest {

    @Test
    void migrate_clean_migrate_undo() throws Exception {
        try (TestDatabase database = TestDatabases.standard().create()) {
            Pgai pgai = Pgai.on(database.dataSource());
            Flyway flyway = Flyway.configure()
                    .dataSource(database.url(), database.user(), database.password())
                    .cleanDisabled(false)
                    .load();

            flyway.migrate();
            assertTrue(pgai.exists("blog_content_embedder"));

            // Without pgai-flyway the vectorizer would outlive its table, and the second migrate would fail.
            flyway.clean();
            assertEquals(List.of(), pgai.list());
            flyway.migrate();
            assertTrue(pgai.exists("blog_content_embedder"));

            // What a V3 would do with steps.drop("blog_content_embedder").
            pgai.drop("blog_content_embedder", Embeddings.DROP);
            try (Connection connection = database.connection();
                    Statement statement = connection.createStatement()) {
                statement.execute("drop table blog");
            }
        }
    }
}
