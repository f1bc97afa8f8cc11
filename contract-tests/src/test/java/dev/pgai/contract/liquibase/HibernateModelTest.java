package dev.pgai.contract.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Liquibase compares entities, which liquibase-hibernate reads for it, with a database. */
class HibernateModelTest {

    private static final VectorizerDefinition BLOG = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("title"), Embedding.openai("m", 3))
            .name("blog")
            .destination(Destination.table("blog_embeddings"))
            .build();

    @TempDir
    private Path directory;

    private @Nullable LiquibaseCommands liquibase;
    private final TestDatabase database = TestDatabases.standard().create();

    @BeforeEach
    void createBlog() throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table blog (id int primary key, title text)");
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** What happens by itself, so that the other tests cannot pass for nothing. */
    @Test
    void creates_a_table_for_an_entity_that_nobody_declared() throws Exception {
        assertThat(diffChangelog("on-the-store"))
                .contains("\"createTable\"", "\"blog_embeddings_store\"", "\"addForeignKeyConstraint\"");
    }

    @Test
    void creates_nothing_for_an_entity_that_is_managed_by_pgai() throws Exception {
        assertThat(diffChangelog("declared")).doesNotContain("blog_embeddings");
    }

    @Test
    void leaves_alone_what_the_vectorizer_made() throws Exception {
        Pgai.on(database.dataSource()).create(BLOG);

        assertThat(diffChangelog("on-the-store")).doesNotContain("blog_embeddings");
        assertThat(diffChangelog("declared")).doesNotContain("blog_embeddings");
    }

    @Test
    void a_name_in_upper_case_is_the_same_name() throws Exception {
        Pgai.on(database.dataSource()).create(BLOG);

        assertThat(diffChangelog("upper-case")).doesNotContainPattern("(?i)embedding|chunk|mine");
    }

    @Test
    void a_name_in_upper_case_is_declared_by_the_same_name() throws Exception {
        Files.writeString(directory.resolve("vectorizers.json"), "[" + VectorizerJson.write(BLOG) + "]");
        liquibase().with("liquibase.pgai.definitions", "vectorizers.json");

        assertThat(diffChangelog("upper-case")).doesNotContainPattern("(?i)embedding|chunk|mine");
    }

    @Test
    void an_entity_that_refers_to_one_that_is_managed_brings_it_not_back() throws Exception {
        String changelog = diffChangelog("referring");

        assertThat(changelog).contains("\"feedback\"").doesNotContain("blog_embeddings", "addForeignKeyConstraint");
        assertThat(liquibase().told()).contains("WARNING: Left out of the comparison: foreign key ", "feedback");

        Pgai.on(database.dataSource()).create(BLOG);
        assertThat(diffChangelog("referring")).contains("\"feedback\"").doesNotContain("blog_embeddings");
    }

    @Test
    void a_mapped_superclass_marks_the_tables_of_all_that_extend_it() throws Exception {
        assertThat(diffChangelog("inheriting")).doesNotContain("of_marked_superclass", "of_superclass_of_that");
    }

    private LiquibaseCommands liquibase() {
        if (liquibase == null) {
            liquibase = new LiquibaseCommands(directory);
        }
        return liquibase;
    }

    private String diffChangelog(String unit) throws Exception {
        Map<String, Object> arguments = LiquibaseCommands.on(database);
        arguments.put(
                "referenceUrl",
                "hibernate:ejb3:" + unit + "?hibernate.dialect=org.hibernate.dialect.PostgreSQLDialect");
        return liquibase().diffChangelog(arguments);
    }
}
