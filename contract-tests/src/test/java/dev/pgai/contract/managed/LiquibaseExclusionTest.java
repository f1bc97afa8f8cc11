package dev.pgai.contract.managed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.adapter.WithoutJar;
import dev.pgai.contract.liquibase.LiquibaseCommands;
import dev.pgai.liquibase.VectorizerDiffGenerator;
import dev.pgai.managed.exclusion.ExclusionFormat;
import dev.pgai.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command diffChangelog without pgai-liquibase, from a model to a live database: what it would do away with. */
class LiquibaseExclusionTest {

    private static final Pattern CHANGE = Pattern.compile("\"(drop\\w+)\":");

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

    private String diff(TestDatabase model, TestDatabase live, String excludeObjects) throws Exception {
        return WithoutJar.call(
                VectorizerDiffGenerator.class,
                LiquibaseCommands.class,
                "diffChangelog",
                directory.toString(),
                model.url(),
                live.url(),
                live.user(),
                live.password(),
                excludeObjects);
    }
}
