package dev.pgai.contract.managed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.managed.exclusion.ExclusionFormat;
import dev.pgai.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.ui.LoggerUIService;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command diffChangelog, from a model to a live database: what it would do away with. */
class LiquibaseExclusionTest {

    private static final Pattern CHANGE = Pattern.compile("\"(drop\\w+)\":");

    /** Kept here, because the levels of loggers that nobody holds are forgotten. */
    private static final Logger LOG = Logger.getLogger("liquibase");

    @TempDir
    private Path directory;

    @Test
    void drops_embeddings_without_the_list() throws Exception {
        try (TestDatabase model = UsersDatabase.model();
                TestDatabase live = UsersDatabase.live()) {
            assertThat(diff(model, live, ""))
                    .contains("\"tableName\": \"blog_embedding_store\"", "\"viewName\": \"blog_embedding\"")
                    .contains("\"columnName\": \"emb\"", "a.b*c, d:e#f_embedding_store");
        }
    }

    @Test
    void leaves_them_alone_with_the_list() throws Exception {
        try (TestDatabase model = UsersDatabase.model();
                TestDatabase live = UsersDatabase.live()) {
            String list =
                    ExclusionFormat.LIQUIBASE.write(UsersDatabase.managed(live)).text();

            String changelog = diff(model, live, list);

            assertThat(changelog)
                    .contains("blog_embedding_stores", "a.bbc, d:e#f_embedding_store", "users_own")
                    .contains("\"tableName\": \"vectorizer\"");
            assertThat(CHANGE.matcher(changelog)
                            .results()
                            .map(change -> change.group(1))
                            .sorted())
                    .isEqualTo(List.of("dropIndex", "dropTable", "dropTable", "dropTable"));
        }
    }

    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.WARNING);
    }

    private String diff(TestDatabase model, TestDatabase live, String excludeObjects) throws Exception {
        Path changelog = Files.createTempDirectory(directory, "diff").resolve("changelog.json");
        // A test calls nobody, and what Liquibase tells goes to its log.
        Map<String, Object> settings =
                Map.of("liquibase.analytics.enabled", false, Scope.Attr.ui.name(), new LoggerUIService());
        Scope.child(settings, () -> {
            CommandScope command = new CommandScope("diffChangelog")
                    .addArgumentValue("referenceUrl", model.url())
                    .addArgumentValue("referenceUsername", model.user())
                    .addArgumentValue("referencePassword", model.password())
                    .addArgumentValue("url", live.url())
                    .addArgumentValue("username", live.user())
                    .addArgumentValue("password", live.password())
                    .addArgumentValue("changelogFile", changelog.toString());
            if (!excludeObjects.isEmpty()) {
                command.addArgumentValue("excludeObjects", excludeObjects);
            }
            command.execute();
        });
        return Files.readString(changelog);
    }
}
