package dev.pgai.contract.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.change.VectorizerChange;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Embeddings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The changes and the precondition, run by Liquibase. */
class ChangesTest {

    private static final String SOURCE_AND_REST = """
            <pgai:source schema="public" table="blog"/>
            <pgai:loading implementation="column" column_name="content"/>
            <pgai:embedding implementation="openai" model="text-embedding-3-small" dimensions="768"/>
            """;

    private static final String CREATE =
            "<pgai:createVectorizer name=\"v\">" + SOURCE_AND_REST + "</pgai:createVectorizer>";

    private static final String CREATE_SQL = "select ai.create_vectorizer('\"public\".\"blog\"'::pg_catalog.regclass,"
            + " name => 'v', loading => ai.loading_column(column_name => 'content'),"
            + " embedding => ai.embedding_openai(model => 'text-embedding-3-small', dimensions => 768));";

    @TempDir
    private Path directory;

    private final TestDatabase database = TestDatabases.standard().create();
    private final Pgai pgai = Pgai.on(database.dataSource());
    private int sets;

    @BeforeEach
    void createBlog() throws Exception {
        execute("create table public.blog (id int primary key, title text, content text)");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void creates_and_rolls_back() throws Exception {
        update(CREATE);
        assertThat(pgai.exists("v")).isTrue();

        rollback();
        assertThat(pgai.list()).isEmpty();
        assertThat(query("select to_regclass('public.blog_embedding_store')")).isNull();
    }

    @Test
    void works_in_the_generic_extension_namespace() throws Exception {
        update(CREATE.replace("pgai:", "ext:"));

        assertThat(pgai.exists("v")).isTrue();
    }

    @Test
    void keeps_what_statements_and_placeholders_would_change() throws Exception {
        String template = "? {d '2026-01-01'} :word ; -- $title ${title} $chunk &#10;  end  ";
        update("<pgai:createVectorizer name=\"v\">" + SOURCE_AND_REST
                + "<pgai:formatting implementation=\"python_template\" template=\"" + template + "\"/>"
                + "</pgai:createVectorizer>");

        assertThat(query("select config->'formatting'->>'template' from ai.vectorizer"))
                .isEqualTo(template.replace("&#10;", "\n"));
    }

    @Test
    void drops_with_the_embeddings_and_creates_again_on_rollback() throws Exception {
        update(CREATE);
        update("<pgai:dropVectorizer name=\"v\"><pgai:definition>" + SOURCE_AND_REST
                + "</pgai:definition></pgai:dropVectorizer>");
        assertThat(pgai.list()).isEmpty();
        assertThat(query("select to_regclass('public.blog_embedding_store')")).isNull();

        rollback();
        assertThat(pgai.exists("v")).isTrue();
    }

    @Test
    void keeps_the_embeddings_when_told_to() throws Exception {
        update(CREATE);
        update("<pgai:dropVectorizer name=\"v\" embeddings=\"keep\"/>");

        assertThat(pgai.list()).isEmpty();
        assertThat(query("select to_regclass('public.blog_embedding_store')")).isNotNull();
    }

    @Test
    void has_no_rollback_for_a_drop_that_cannot_be_undone() throws Exception {
        update(CREATE);
        update("<pgai:dropVectorizer name=\"v\"/>");

        assertThatThrownBy(this::rollback).hasStackTraceContaining("Its definition is not known");
    }

    @Test
    void takes_the_users_own_rollback() throws Exception {
        update(CREATE);
        update("<pgai:dropVectorizer name=\"v\"/><rollback>" + CREATE + "</rollback>");
        rollback();

        assertThat(pgai.exists("v")).isTrue();
    }

    @Test
    void disables_and_enables() throws Exception {
        update(CREATE);
        update("<pgai:disableVectorizer name=\"v\"/>");
        assertThat(query("select disabled from ai.vectorizer")).isEqualTo("t");
        rollback();
        assertThat(query("select disabled from ai.vectorizer")).isEqualTo("f");
        update("<pgai:disableVectorizer name=\"v\"/>");
        update("<pgai:enableVectorizer name=\"v\"/>");
        assertThat(query("select disabled from ai.vectorizer")).isEqualTo("f");
    }

    @Test
    void runs_where_the_precondition_holds() throws Exception {
        String once = "<preConditions onFail=\"MARK_RAN\"><not><pgai:vectorizerExists name=\"v\"/></not>"
                + "</preConditions>" + CREATE;
        update(once);
        update(once);
        assertThat(pgai.list()).hasSize(1);
        update("<preConditions onFail=\"MARK_RAN\"><ext:vectorizerExists name=\"other\"/></preConditions>"
                + "<pgai:dropVectorizer name=\"other\"/>");
    }

    @Test
    void says_what_is_there_and_what_is_not() throws Exception {
        update(CREATE);

        assertThatThrownBy(() -> update(CREATE))
                .hasStackTraceContaining(
                        "createVectorizer: There is a vectorizer v (id 1). Choose another name, or let the change set be skipped");
        assertThatThrownBy(() -> update("<pgai:dropVectorizer name=\"w\"/>"))
                .hasStackTraceContaining("dropVectorizer: There is no vectorizer \"w\" in database");
    }

    @Test
    void says_all_that_keeps_a_vectorizer_from_working() {
        assertThatThrownBy(() -> update(CREATE.replace("\"content\"", "\"body\"")
                        .replace(
                                "<pgai:embedding",
                                "<pgai:formatting implementation=\"python_template\""
                                        + " template=\"$headline $chunk\"/><pgai:embedding")))
                .hasStackTraceContaining("createVectorizer: loading.column_name: ")
                .hasStackTraceContaining("formatting.template: ");
        assertThat(pgai.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            dimensions="768"        | dimensions="many"    | embedding.dimensions = "many" is refused: it must be a whole number
            dimensions="768"        | dimension="768"      | embedding.dimensions is not set
            name="v"                | nam="v"              | nam = "v" is refused: no such key is known here
            name="v"                | queue_table="q"      | name is not set: it is required
            column_name="content"   | column_name=""       | loading.column_name = "" is refused
            implementation="openai" | implementation="gpt" | embedding.implementation = "gpt" is refused: it must be one of
            table="blog"            | table="blog" x="1"   | source.x = "1" is refused
            dimensions="768"        | config_type="x"      | embedding.config_type = "x" is refused
            """)
    void names_the_option_of_a_mistake(String right, String wrong, String message) {
        assertThatThrownBy(() -> update(CREATE.replace(right, wrong).replace("pgai:", "ext:")))
                .hasStackTraceContaining("createVectorizer: " + message);
        assertThat(pgai.list()).isEmpty();
    }

    @Test
    void names_all_mistakes_together() {
        String wrong = """
                <ext:createVectorizer nam="v" enqueue_existing="maybe">
                  <ext:source schema="public" tables="blog"/>
                  <ext:loading implementation="column" column_name="content" retries="often"/>
                  <ext:embedding implementation="gpt" model="m" dimension="768"/>
                  <ext:chunking implementation="character_text_splitter" chunk_size="big" chunk_overlap="1000"/>
                  <ext:indexing implementation="hnsw" m="5000" ef_construction="7"/>
                  <ext:scheduling implementation="nightly"/>
                  <ext:processing implementation="default" batch_size="0" concurrency="0"/>
                </ext:createVectorizer>
                <ext:dropVectorizer embeddings="burn" if_exist="true"/>
                <ext:enableVectorizer name="v" vectorizer="w"/>
                """;

        assertThatThrownBy(() -> update(wrong))
                .hasStackTraceContaining("createVectorizer: nam = \"v\" is refused")
                .hasStackTraceContaining("createVectorizer: name is not set")
                .hasStackTraceContaining("createVectorizer: enqueue_existing = \"maybe\" is refused")
                .hasStackTraceContaining("createVectorizer: source.table is not set")
                .hasStackTraceContaining("createVectorizer: source.tables = \"blog\" is refused")
                .hasStackTraceContaining("createVectorizer: loading.retries = \"often\" is refused")
                .hasStackTraceContaining("createVectorizer: embedding.implementation = \"gpt\" is refused")
                .hasStackTraceContaining("createVectorizer: chunking.chunk_size = \"big\" is refused")
                .hasStackTraceContaining("createVectorizer: indexing.m = 5000 is refused")
                .hasStackTraceContaining("createVectorizer: scheduling.implementation = \"nightly\" is refused")
                .hasStackTraceContaining("createVectorizer: processing.batch_size = 0 is refused")
                .hasStackTraceContaining("createVectorizer: processing.concurrency = 0 is refused")
                .hasStackTraceContaining("dropVectorizer: name is not set")
                .hasStackTraceContaining("dropVectorizer: embeddings = \"burn\" is refused")
                .hasStackTraceContaining("dropVectorizer: if_exist = \"true\" is refused")
                .hasStackTraceContaining("enableVectorizer: vectorizer = \"w\" is refused")
                // What follows from a mistake is none.
                .satisfies(e -> assertThat(stackTrace(e))
                        .doesNotContain("chunk_overlap", "ef_construction", "= \"x\"", "= \"1\"", "config_type"));
    }

    /** YAML reads more than texts. */
    @Test
    void keeps_what_yaml_takes_for_a_time() throws Exception {
        String yaml = """
                databaseChangeLog:
                - changeSet:
                    id: 1
                    author: test
                    changes:
                    - createVectorizer:
                        name: v
                        source: {schema: public, table: blog}
                        loading: {implementation: column, column_name: content}
                        embedding: {implementation: ollama, model: 2026-01-31, dimensions: 3}
                        scheduling: {implementation: timescaledb, initial_start: %s}
                """;
        LiquibaseCommands liquibase = new LiquibaseCommands(directory);
        for (String time : List.of("2026-01-31T12:00:00Z", "2026-01-31T12:00:00+01:00", "2026-01-31 12:00:00")) {
            Files.writeString(directory.resolve("changelog.yaml"), yaml.formatted(time));
            assertThatThrownBy(() -> liquibase.run(
                            "validate", LiquibaseCommands.on(database, "changelogFile", "changelog.yaml")))
                    .hasStackTraceContaining("scheduling.initial_start")
                    .hasStackTraceContaining("Put it in quotes.");
        }
        Files.writeString(directory.resolve("changelog.yaml"), yaml.formatted("\"2026-01-31T12:00:00Z\""));

        assertThat(liquibase.run(
                        "updateSql",
                        Map.of(
                                "url",
                                "offline:postgresql?changeLogFile=" + directory.resolve("history"),
                                "changelogFile",
                                "changelog.yaml")))
                .contains("embedding_ollama(model => '2026-01-31'", "2026-01-31T12:00:00Z");
    }

    @Test
    void refuses_a_precondition_that_looks_for_nothing() throws Exception {
        for (String format : List.of("xml", "yaml")) {
            Files.writeString(
                    directory.resolve("changelog." + format),
                    format.equals("xml")
                            ? Changelogs.xml("<changeSet author=\"test\" id=\"1\"><preConditions onFail=\"MARK_RAN\">"
                                    + "<ext:vectorizerExists vectorizer=\"v1\" nam=\"v2\"/></preConditions>"
                                    + CREATE + "</changeSet>")
                            : """
                            databaseChangeLog:
                            - changeSet:
                                id: 1
                                author: test
                                preConditions:
                                - onFail: MARK_RAN
                                - vectorizerExists: {vectorizer: v1, nam: v2}
                                changes:
                                - enableVectorizer: {name: v1}
                            """);
            for (String command : List.of("validate", "update", "status")) {
                assertThatThrownBy(() -> new LiquibaseCommands(directory)
                                .run(command, LiquibaseCommands.on(database, "changelogFile", "changelog." + format)))
                        .hasStackTraceContaining("vectorizerExists: name is not set: it is required")
                        .hasStackTraceContaining("vectorizer = \"v1\" is refused")
                        .hasStackTraceContaining("nam = \"v2\" is refused");
            }
        }
    }

    @Test
    void names_a_precondition_that_fails() {
        assertThatThrownBy(() -> update("<preConditions><ext:vectorizerExists name=\"v\"/></preConditions>" + CREATE))
                .hasStackTraceContaining("Vectorizer v does not exist")
                .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("VectorizerExistsPrecondition@"));
        assertThatThrownBy(() -> {
                    execute("drop schema ai cascade");
                    update("<preConditions><ext:vectorizerExists name=\"v\"/></preConditions>" + CREATE);
                })
                .hasStackTraceContaining("vectorizerExists name=v")
                .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("VectorizerExistsPrecondition@"));
    }

    @Test
    void an_if_not_exists_that_was_edited_says_what_is_there() throws Exception {
        String once = CREATE.replace("name=\"v\"", "name=\"v\" if_not_exists=\"true\"");
        LiquibaseCommands liquibase = new LiquibaseCommands(directory);
        Files.writeString(directory.resolve("changelog.xml"), runOnChange(once));
        liquibase.run("update", LiquibaseCommands.on(database, "changelogFile", "changelog.xml"));
        write(once);
        liquibase.run("update", LiquibaseCommands.on(database, "changelogFile", "changelog.xml"));
        assertThat(liquibase.told()).contains("Nothing to do: create vectorizer \"v\"");

        Files.writeString(directory.resolve("changelog.xml"), runOnChange(once.replace("768", "16")));
        assertThatThrownBy(
                        () -> liquibase.run("update", LiquibaseCommands.on(database, "changelogFile", "changelog.xml")))
                .hasStackTraceContaining("createVectorizer: ")
                .hasStackTraceContaining("embedding.dimensions")
                .hasStackTraceContaining("768")
                .hasStackTraceContaining("16");
        assertThat(query("select config->'embedding'->>'dimensions' from ai.vectorizer"))
                .isEqualTo("768");
    }

    @Test
    void an_if_exists_says_that_there_is_nothing_to_drop() throws Exception {
        LiquibaseCommands liquibase = new LiquibaseCommands(directory);
        write("<pgai:dropVectorizer name=\"v\" if_exists=\"true\"/>");

        liquibase.run("update", LiquibaseCommands.on(database, "changelogFile", "changelog.xml"));

        assertThat(liquibase.told()).contains("Nothing to do: drop vectorizer \"v\"");
    }

    @Test
    void warnings_are_told_where_people_look() throws Exception {
        LiquibaseCommands liquibase = new LiquibaseCommands(directory);
        write(CREATE.replace(
                "</pgai:createVectorizer>", "<pgai:grant_to value=\"nobody_at_all\"/></pgai:createVectorizer>"));

        liquibase.run("update", LiquibaseCommands.on(database, "changelogFile", "changelog.xml"));

        assertThat(liquibase.told()).contains("WARNING: ").contains("nobody_at_all");
    }

    @Test
    void each_change_is_one_statement_where_there_is_no_transaction() throws Exception {
        Files.writeString(
                directory.resolve("changelog.xml"),
                Changelogs.xml("<changeSet author=\"test\" id=\"bare\""
                        + " runInTransaction=\"false\">" + CREATE
                        + "<pgai:disableVectorizer name=\"v\"/><pgai:refreshVectorizerView name=\"v\">"
                        + "<pgai:around value=\"alter table blog drop column title\"/></pgai:refreshVectorizerView>"
                        + "<pgai:disableVectorizer name=\"w\"/></changeSet>"));

        assertThatThrownBy(() -> new LiquibaseCommands(directory)
                        .run("update", LiquibaseCommands.on(database, "changelogFile", "changelog.xml")))
                .hasStackTraceContaining("disableVectorizer: There is no vectorizer \"w\"");

        assertThat(query("select disabled from ai.vectorizer")).isEqualTo("t");
        assertThat(pgai.inspect("v").damages()).isEmpty();
    }

    /** By the server, after the library's own look, which Liquibase would show with the whole statement. */
    @Test
    void keeps_secrets_where_the_server_refuses() throws Exception {
        execute("create function ai.refuse() returns trigger language plpgsql as"
                + " 'begin raise exception ''no more of %'', new.config; end';"
                + " create trigger refuse before insert on ai.vectorizer for each row execute function ai.refuse()");

        assertThatThrownBy(() -> update(CREATE.replace(
                        "dimensions=\"768\"", "dimensions=\"768\" base_url=\"https://ann:pass-word@host.example/v1\"")))
                .hasStackTraceContaining("createVectorizer: Cannot create vectorizer \"v\"")
                .hasStackTraceContaining("no more of")
                .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("pass-word"));
        assertThat(pgai.list()).isEmpty();
    }

    @Test
    void says_what_stands_on_the_embeddings() throws Exception {
        update(CREATE);
        execute("create view users_own as select * from blog_embedding");

        assertThatThrownBy(() -> update("<pgai:dropVectorizer name=\"v\"/>"))
                .hasStackTraceContaining("dropVectorizer: Cannot drop vectorizer \"v\"")
                .hasStackTraceContaining("users_own");
        assertThat(pgai.exists("v")).isTrue();
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static String runOnChange(String change) {
        return Changelogs.xml(
                "<changeSet author=\"test\" id=\"edited\" runOnChange=\"true\">" + change + "</changeSet>");
    }

    @Test
    void names_the_option_of_a_wrong_drop() throws Exception {
        String drop = "<ext:dropVectorizer name=\"v\" %s";
        assertThatThrownBy(() -> update(drop.formatted("embeddings=\"burn\"/>")))
                .hasStackTraceContaining("dropVectorizer: embeddings = \"burn\" is refused");
        assertThatThrownBy(() -> update(drop.formatted("><ext:definition/></ext:dropVectorizer>")))
                .hasStackTraceContaining("dropVectorizer: definition");
        assertThatThrownBy(() -> update(drop.formatted("><ext:definition name=\"w\"/></ext:dropVectorizer>")))
                .hasStackTraceContaining("dropVectorizer: definition.");
    }

    @Test
    void shows_the_statements_without_a_database() throws Exception {
        write(CREATE + "<pgai:disableVectorizer name=\"v\"/>");

        String offline = "offline:postgresql?changeLogFile=" + directory.resolve("history");
        assertThat(new LiquibaseCommands(directory)
                        .run("updateSql", Map.of("url", offline + 1, "changelogFile", "changelog.xml")))
                .contains(CREATE_SQL, VectorizerChange.disable("v").sql().get(0) + ";");
        assertThat(new LiquibaseCommands(directory)
                        .run("futureRollbackSql", Map.of("url", offline + 2, "changelogFile", "changelog.xml")))
                .containsSubsequence(
                        VectorizerChange.enable("v").sql().get(0) + ";",
                        VectorizerChange.drop("v", Embeddings.DROP).sql().get(0) + ";");
    }

    @Test
    void shows_the_statements_of_a_database_and_runs_none() throws Exception {
        write(CREATE);

        assertThat(new LiquibaseCommands(directory)
                        .run("updateSql", LiquibaseCommands.on(database, "changelogFile", "changelog.xml")))
                .contains(CREATE_SQL);
        assertThat(pgai.list()).isEmpty();
    }

    @Test
    void notices_an_edited_change() throws Exception {
        update(CREATE);

        // The same in every version of Liquibase and of this project, or all that ever ran would be refused.
        assertThat(query("select md5sum from databasechangelog")).isEqualTo("9:e2edbb37f52bb1b271d0ed3ad87cc5e9");
        assertThat(query("select description from databasechangelog")).isEqualTo("createVectorizer name=v");
        sets--;
        assertThatThrownBy(() -> update(CREATE.replace("768", "769"))).hasStackTraceContaining("check sum");
    }

    private void write(String changes) throws Exception {
        Files.writeString(
                directory.resolve("changelog.xml"),
                Changelogs.xml("<changeSet author=\"test\" id=\"" + ++sets + "\">" + changes + "</changeSet>"));
    }

    private void update(String changes) throws Exception {
        write(changes);
        new LiquibaseCommands(directory)
                .run("update", LiquibaseCommands.on(database, "changelogFile", "changelog.xml"));
    }

    private void rollback() throws Exception {
        new LiquibaseCommands(directory)
                .run("rollbackCount", LiquibaseCommands.on(database, "changelogFile", "changelog.xml", "count", 1));
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
