package dev.pgai.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.AppliedChange;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/changes.md}. */
class ChangesTest {

    @Test
    void a_change_and_its_way_back() throws SQLException {
        VectorizerDefinition definition = BlogMigration.VECTORIZER;
        try (TestDatabase database = TestDatabases.standard().create();
                Connection connection = database.connection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table blog (id int primary key, title text, content text)");
            }
            Pgai pgai = Pgai.on(connection);

            VectorizerChange change = VectorizerChange.create(definition);

            AppliedChange applied = pgai.apply(change);

            List<String> sql = change.sql(); // what has run
            VectorizerChange back = change.inverse().orElseThrow();
            pgai.apply(back);

            assertThat(applied.changed()).isTrue();
            assertThat(sql).singleElement().asString().startsWith("select ai.create_vectorizer(");
            assertThat(pgai.list()).isEmpty();
        }
    }

    @Test
    void the_json_of_the_page_is_a_change() throws IOException {
        Matcher block = Pattern.compile("```json\\n(.*?)\\n```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/changes.md")));

        assertThat(block.find()).isTrue();
        assertThat(VectorizerChange.read(block.group(1)))
                .isEqualTo(VectorizerChange.drop("blog_content_embedder", Embeddings.KEEP));
    }
}
