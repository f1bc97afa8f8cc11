package dev.pgai.examples.liquibase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import liquibase.Scope;
import liquibase.command.CommandScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a vectorizer with Liquibase: migrate, compare, undo. */
class BlogTest {

    private static final String CHANGELOG = "db/changelog.yaml";

    @Test
    void migrate_compare_undo(@TempDir Path directory) throws Exception {
        try (TestDatabase model = TestDatabases.standard().create();
                TestDatabase database = TestDatabases.standard().create()) {
            Pgai pgai = Pgai.on(database.dataSource());

            run(on("update", database).addArgumentValue("changelogFile", CHANGELOG));
            assertTrue(pgai.exists("blog_content_embedder"));

            // The model knows the table only. The store, the view and the rest are not taken for leftovers.
            run(on("updateCount", model)
                    .addArgumentValue("changelogFile", CHANGELOG)
                    .addArgumentValue("count", 1));
            Path difference = directory.resolve("difference.yaml");
            run(on("diffChangelog", database)
                    .addArgumentValue("referenceUrl", model.url())
                    .addArgumentValue("referenceUsername", model.user())
                    .addArgumentValue("referencePassword", model.password())
                    .addArgumentValue("changelogFile", difference.toString()));
            assertFalse(Files.exists(difference) && Files.readString(difference).contains("changeSet"));

            run(on("rollbackCount", database)
                    .addArgumentValue("changelogFile", CHANGELOG)
                    .addArgumentValue("count", 1));
            assertEquals(List.of(), pgai.list());
        }
    }

    private static CommandScope on(String command, TestDatabase database) throws Exception {
        return new CommandScope(command)
                .addArgumentValue("url", database.url())
                .addArgumentValue("username", database.user())
                .addArgumentValue("password", database.password());
    }

    /** A test calls nobody: Liquibase would report each command to its maker. */
    private static void run(CommandScope command) throws Exception {
        Scope.child(Map.of("liquibase.analytics.enabled", false), () -> {
            command.execute();
        });
    }
}
