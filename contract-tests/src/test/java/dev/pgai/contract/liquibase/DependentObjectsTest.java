package dev.pgai.contract.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user's own objects that refer to something of pgai's, or are numbered by it, in Liquibase's comparisons. */
class DependentObjectsTest {

    private static final String TABLES = "create table blog (id int primary key, content text);"
            + " create table doc (id int primary key, content text);";

    private static final String VECTORIZERS = """
            select ai.create_vectorizer('public.blog'::regclass, name => 'v', loading => ai.loading_column('content'),
                embedding => ai.embedding_openai('m', 3));
            select ai.create_vectorizer('public.doc'::regclass, name => 'x', loading => ai.loading_column('content'),
                embedding => ai.embedding_openai('m', 3), destination => ai.destination_column('emb'),
                chunking => ai.chunking_none());
            """;

    private static final String FOREIGN_KEY = "create table feedback (id int primary key,"
            + " chunk uuid constraint to_store references blog_embedding_store);";

    private static final String VIEWS = """
            create view on_store as select chunk from blog_embedding_store;
            create view on_that as select chunk as c from on_store;
            create view on_column as select emb::text as e from doc;
            create view on_source as select content from doc;
            """;

    @TempDir
    private Path directory;

    private final TestDatabase model = TestDatabases.standard().create();
    private final TestDatabase live = TestDatabases.standard().create();
    private LiquibaseCommands liquibase;

    @BeforeEach
    void create() throws Exception {
        liquibase = new LiquibaseCommands(directory);
        execute(model, TABLES);
        execute(live, TABLES + VECTORIZERS);
    }

    @AfterEach
    void close() {
        model.close();
        live.close();
    }

    @Test
    void a_column_behind_the_embeddings_has_its_place() throws Exception {
        execute(model, "alter table doc add column more text");
        execute(live, "alter table doc add column more text");

        assertThat(diff(model, live)).isEmpty();
        assertThat(diff(live, model)).isEmpty();
        assertThat(liquibase.run("diff", LiquibaseCommands.between(model, live)))
                .contains("Changed Column(s): NONE", "Unexpected Column(s): NONE");
    }

    @Test
    void another_order_is_another_order() throws Exception {
        execute(model, "alter table doc add column more text, add column most text");
        execute(live, "alter table doc add column most text, add column more text");

        assertThat(liquibase.run("diff", LiquibaseCommands.between(model, live)))
                .contains("public.doc.more", "order changed from");
    }

    @Test
    void other_differences_of_such_a_column_stay() throws Exception {
        execute(model, "alter table doc add column more text not null");
        execute(live, "alter table doc add column more text");

        assertThat(diff(model, live)).contains("addNotNullConstraint").doesNotContain("order");
    }

    @Test
    void a_foreign_key_to_a_store_is_not_generated_without_it() throws Exception {
        execute(live, FOREIGN_KEY);

        String changelog = liquibase.generateChangelog(LiquibaseCommands.on(live));

        assertThat(changelog).contains("\"feedback\"").doesNotContain("to_store");
        assertThat(liquibase.told())
                .contains(
                        "WARNING: Left out of the comparison: foreign key to_store of public.feedback, which refers to"
                                + " public.blog_embedding_store");
        assertThat(liquibase.told().split("to_store", -1)).hasSize(2);
    }

    @Test
    void a_foreign_key_to_a_store_is_compared_where_both_have_it() throws Exception {
        execute(live, FOREIGN_KEY);
        execute(model, VECTORIZERS + "create table feedback (id int primary key, chunk uuid)");

        assertThat(diff(live, model)).contains("addForeignKeyConstraint", "to_store");
        assertThat(diff(model, live)).contains("dropForeignKeyConstraint", "to_store");
        assertThat(liquibase.told()).doesNotContain("Left out of the comparison");
    }

    @Test
    void a_foreign_key_to_a_store_is_not_missed_where_there_is_none() throws Exception {
        execute(live, FOREIGN_KEY);
        execute(model, "create table feedback (id int primary key, chunk uuid)");

        assertThat(diff(model, live)).isEmpty();
        assertThat(diff(live, model)).isEmpty();
    }

    @Test
    void a_foreign_key_of_a_store_is_of_the_store() throws Exception {
        execute(live, "alter table blog_embedding_store add foreign key (id) references blog");

        assertThat(diff(model, live)).isEmpty();
        assertThat(liquibase.generateChangelog(LiquibaseCommands.on(live))).doesNotContain("addForeignKeyConstraint");
    }

    @Test
    void a_view_on_embeddings_is_not_generated_without_them() throws Exception {
        execute(live, VIEWS);

        String changelog = liquibase.generateChangelog(LiquibaseCommands.on(live));

        assertThat(changelog).contains("\"on_source\"").doesNotContain("on_store", "on_that", "on_column");
        assertThat(liquibase.told())
                .contains(
                        "view public.on_store, which refers to ",
                        "view public.on_that, which refers to ",
                        "view public.on_column, which refers to column emb of public.doc");
        assertThat(diff(model, live)).contains("dropView", "on_source").doesNotContain("on_store", "on_that");
    }

    @Test
    void a_view_on_embeddings_is_compared_where_both_have_them() throws Exception {
        execute(live, VIEWS);
        execute(model, VECTORIZERS);

        assertThat(diff(live, model)).contains("on_store", "on_that", "on_column", "on_source");
        assertThat(diff(model, live)).contains("on_store", "on_that", "on_column", "on_source");
    }

    @Test
    void an_index_on_the_embeddings_is_of_the_embeddings() throws Exception {
        execute(
                live,
                "create index users on doc using hnsw (emb vector_cosine_ops);"
                        + " alter table doc add constraint once unique (id, emb); create index theirs on doc (content)");

        assertThat(diff(model, live)).contains("theirs").doesNotContain("users", "once");
        assertThat(liquibase.generateChangelog(LiquibaseCommands.on(live)))
                .contains("theirs")
                .doesNotContain("users", "once");
    }

    @Test
    void rows_are_written_without_the_embeddings() throws Exception {
        execute(live, "insert into doc values (1, 'one', '[1,2,3]')");
        String types = "tables,columns,primarykeys,data";

        String inserts = liquibase.generateChangelog(LiquibaseCommands.on(live, "diffTypes", types));
        assertThat(inserts).contains("\"insert\"", "\"one\"").doesNotContain("emb", "[1,2,3]");

        Path files = Files.createDirectory(directory.resolve("rows"));
        String loads = liquibase.generateChangelog(
                LiquibaseCommands.on(live, "diffTypes", types, "dataOutputDirectory", files.toString()));
        assertThat(loads).contains("\"loadData\"");
        assertThat(run(inserts)).isEqualTo("1");
        assertThat(run(loads.replaceAll("\"file\": \"[^\"]*rows/", "\"file\": \"rows/")))
                .isEqualTo("1");
    }

    /** What was generated creates the tables of the user's in a database that has none. */
    @Test
    void what_is_generated_can_run() throws Exception {
        execute(live, FOREIGN_KEY + VIEWS + "create index users on doc using hnsw (emb vector_cosine_ops)");

        run(liquibase.generateChangelog(LiquibaseCommands.on(live)));
    }

    private String run(String changelog) throws Exception {
        try (TestDatabase empty = TestDatabases.standard().create()) {
            Files.writeString(directory.resolve("generated.json"), changelog);
            liquibase.run("update", LiquibaseCommands.on(empty, "changelogFile", "generated.json"));
            try (Connection connection = empty.connection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select count(*) from doc")) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /** As a changelog, or nothing. */
    private String diff(TestDatabase reference, TestDatabase comparison) throws Exception {
        return liquibase.diffChangelog(LiquibaseCommands.between(reference, comparison));
    }

    private static void execute(TestDatabase database, String sql) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
