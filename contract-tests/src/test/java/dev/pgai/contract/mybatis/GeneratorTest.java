package dev.pgai.contract.mybatis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.PgaiException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.VectorizerJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For which tables MyBatis Generator makes classes. */
class GeneratorTest {

    private static final String EVERYWHERE = "<table tableName=\"%\"/>";
    private static final String APP = "<table schema=\"app\" tableName=\"%\"/>";
    private static final String AI = "<table schema=\"ai\" tableName=\"%\"/>";

    @TempDir
    private Path directory;

    private PostDatabase database;

    @BeforeEach
    void createDatabase() throws Exception {
        database = new PostDatabase();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private void createVectorizer() throws Exception {
        database.execute("create schema app", "create table app.post_embeddings_store (id int primary key)");
        Pgai.on(database.database().dataSource()).create(PostDatabase.DEFINITION);
    }

    private List<String> generated(String plugin, String tables) throws Exception {
        return Generated.classes(database.database(), plugin, tables);
    }

    @Test
    void without_the_plugin_there_are_classes_for_pgais_tables() throws Exception {
        createVectorizer();

        assertThat(generated("", Generated.PUBLIC + AI))
                .contains("Post.java", "PostEmbeddings.java", "PostEmbeddingsStore.java", "Vectorizer.java");
    }

    @Test
    void with_the_plugin_there_are_none() throws Exception {
        createVectorizer();

        assertThat(generated(Generated.PLUGIN.formatted(""), Generated.PUBLIC + AI))
                .containsExactly("Post.java");
        assertThat(generated(Generated.PLUGIN.formatted(""), APP)).containsExactly("PostEmbeddingsStore.java");
    }

    /** A name that the user has, too, is the user's when no schema was given. */
    @Test
    void without_a_schema() throws Exception {
        createVectorizer();

        assertThat(generated(Generated.PLUGIN.formatted(""), EVERYWHERE))
                .contains("Post.java", "PostEmbeddingsStore.java")
                .doesNotContain("PostEmbeddings.java", "Vectorizer.java", "VectorizerQ1.java");
    }

    /** The tables are there, and the catalog does not know them: as in a database that was restored in part. */
    @Test
    void declared_definitions_count_without_the_catalog() throws Exception {
        database.execute(
                "create table post_embeddings_store (id int primary key)",
                "create view post_embeddings as select 1 as id");
        Path definitions = directory.resolve("vectorizers.json");
        Files.writeString(definitions, "[" + VectorizerJson.write(PostDatabase.DEFINITION) + "]");
        String property = "<property name=\"definitions\" value=\"" + definitions + "\"/>";

        assertThat(generated(Generated.PLUGIN.formatted(""), Generated.PUBLIC))
                .contains("Post.java", "PostEmbeddingsStore.java");
        assertThat(generated(Generated.PLUGIN.formatted(property), Generated.PUBLIC))
                .containsExactly("Post.java");
        assertThat(generated(
                        Generated.PLUGIN.formatted("<property name=\"stored\" value=\"false\"/>" + property),
                        Generated.PUBLIC))
                .containsExactly("Post.java");
    }

    @Test
    void wrong_properties_end_the_generation() {
        assertRefused("<property name=\"definition\" value=\"x\"/>", "Property \"definition\"");
        assertRefused("<property name=\"stored\" value=\"yes\"/>", "\"yes\". Give true or false");
        assertRefused("<property name=\"stored\" value=\"false\"/>", "there are no definitions");
        assertRefused("<property name=\"definitions\" value=\"" + directory.resolve("nope.json") + "\"/>", "nope.json");
    }

    @Test
    void a_wrong_definition_ends_the_generation() throws IOException {
        Path definitions = directory.resolve("vectorizers.json");
        Files.writeString(definitions, "[{}]");
        assertRefused("<property name=\"definitions\" value=\"" + definitions + "\"/>", "vectorizers.json: ");
    }

    private void assertRefused(String property, String message) {
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> generated(Generated.PLUGIN.formatted(property), Generated.PUBLIC))
                .withMessageContaining(message);
    }
}
