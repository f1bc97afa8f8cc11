package dev.pgai.contract.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.change.VectorizerChange;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged vectorizer is none to Liquibase, which says so, and has the changes that mend it. */
class MendingTest {

    private static final VectorizerDefinition DEFINITION = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 3))
            .name("v")
            .build();

    private static final String NOT_THERE =
            "<preConditions onFail=\"%s\"><not><ext:vectorizerExists name=\"v\"/></not></preConditions>";

    private static final String THERE =
            "<preConditions onFail=\"%s\"><ext:vectorizerExists name=\"v\"/></preConditions>";

    private static final String CREATE = """
            <ext:createVectorizer name="v">
              <ext:source schema="public" table="blog"/>
              <ext:loading implementation="column" column_name="content"/>
              <ext:embedding implementation="openai" model="m" dimensions="3"/>
            </ext:createVectorizer>
            """;

    private static final String LOSE_TRIGGER = "drop function ai._vectorizer_src_trg_1 cascade";

    @TempDir
    private Path directory;

    private final TestDatabase database = TestDatabases.standard().create();
    private final Pgai pgai = Pgai.on(database.dataSource());
    private LiquibaseCommands liquibase;
    private String changelog = "";
    private int sets;

    @BeforeEach
    void create() throws SQLException {
        liquibase = new LiquibaseCommands(directory);
        execute(
                "create table public.blog (id int primary key, title text, content text)",
                "insert into blog values (1, 'a', 'b'), (2, 'c', 'd')");
        pgai.create(DEFINITION);
        TestWorker.of(database, "v").drain();
        assertThat(embeddings()).isEqualTo(2);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "yaml", "json"})
    void repairs_what_is_damaged(String format) throws Exception {
        execute(LOSE_TRIGGER, "insert into blog values (3, 'e', 'f')", "delete from blog where id = 1");

        run(format, "repairVectorizer", Map.of("name", "v", "enqueue", "missing", "delete_orphans", true));

        assertThat(pgai.inspect("v").damages()).isEmpty();
        assertThat(query("select string_agg(id::text, ',') from ai._vectorizer_q_1"))
                .isEqualTo("3");
        assertThat(embeddings()).isEqualTo(1);
        assertThat(liquibase.told()).doesNotContain("Nothing to do");
        assertThatThrownBy(() -> rollback(format)).hasStackTraceContaining("Nobody wants the damage back.");
    }

    @Test
    void queues_all_rows_and_keeps_all_embeddings_unless_told_otherwise() throws Exception {
        execute(LOSE_TRIGGER, "delete from blog where id = 1");

        run("yaml", "repairVectorizer", Map.of("name", "v"));

        assertThat(query("select string_agg(id::text, ',') from ai._vectorizer_q_1"))
                .isEqualTo("2");
        assertThat(embeddings()).isEqualTo(2);
        assertThat(liquibase.told())
                .contains("WARNING: ", "1 embeddings in public.blog_embedding_store have no row in public.blog");
    }

    @Test
    void mends_at_each_update_when_told_to() throws Exception {
        Files.writeString(
                directory.resolve("always.xml"),
                Changelogs.xml("<changeSet author=\"test\" id=\"whole\" runAlways=\"true\">"
                        + "<pgai:repairVectorizer name=\"v\"/></changeSet>"));
        for (String sabotage : List.of("select", LOSE_TRIGGER, "drop view blog_embedding")) {
            execute(sabotage);

            liquibase.run("update", LiquibaseCommands.on(database, "changelogFile", "always.xml"));

            assertThat(pgai.inspect("v").damages()).as(sabotage).isEmpty();
        }
    }

    @Test
    void says_when_there_is_nothing_to_mend() throws Exception {
        run("xml", "repairVectorizer", Map.of("name", "v"));
        assertThat(liquibase.told()).contains("Nothing to do: repair vectorizer \"v\"");

        run("xml", "refreshVectorizerView", Map.of("name", "v"));
        assertThat(liquibase.told()).contains("Nothing to do: refresh the view of vectorizer \"v\"");
        assertThat(query("select count(*) from ai._vectorizer_q_1")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "yaml", "json"})
    void refreshes_a_view(String format) throws Exception {
        execute("alter table blog add column author text", "grant select on blog_embedding to public");

        run(format, "refreshVectorizerView", Map.of("name", "v"));

        assertThat(query("select count(author) from blog_embedding")).isEqualTo("0");
        assertThat(query("select has_table_privilege('public', 'blog_embedding', 'select')"))
                .isEqualTo("t");
        assertThat(liquibase.told()).doesNotContain("Nothing to do");
        assertThatThrownBy(() -> rollback(format)).hasStackTraceContaining("The view shows what the source has.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "yaml", "json"})
    void takes_a_view_away_around_statements(String format) throws Exception {
        run(
                format,
                "refreshVectorizerView",
                Map.of(
                        "name",
                        "v",
                        "around",
                        List.of(
                                "alter table blog alter title type varchar(300)",
                                "update blog set title = '?{d''x''}'")));

        assertThat(query("select distinct format_type(atttypid, atttypmod) || title from blog_embedding, pg_attribute"
                        + " where attrelid = 'blog_embedding'::regclass and attname = 'title'"))
                .isEqualTo("character varying(300)?{d'x'}");
        assertThat(embeddings()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "yaml", "json"})
    void replaces_embeddings_side_by_side(String format) throws Exception {
        Map<String, Object> large = Changelogs.options(
                DEFINITION.toBuilder().embedding(Embedding.ollama("large", 5)).build());

        run(format, "startVectorizerReplacement", large);
        rollback(format);
        assertThat(pgai.replacements().list()).isEmpty();

        run(format, "startVectorizerReplacement", large);
        TestWorker.of(database, "v__next").drain();
        run(format, "disableVectorizer", Map.of("name", "v"));
        run(format, "disableVectorizer", Map.of("name", "v__next"));
        run(format, "completeVectorizerReplacement", Map.of("name", "v", "accept_gaps", true));
        run(format, "dropVectorizer", Map.of("name", "v__next", "embeddings", "drop"));
        run(format, "enableVectorizer", Map.of("name", "v"));
        run(format, "enqueueVectorizer", Map.of("name", "v", "enqueue", "missing"));
        run(format, "enqueueVectorizer", Map.of("name", "v"));

        assertThat(query("select string_agg(vector_dims(embedding)::text, ',') from blog_embedding"))
                .isEqualTo("5,5");
        assertThat(query("select count(*) from ai._vectorizer_q_1")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "yaml", "json"})
    void aborts_a_replacement(String format) throws Exception {
        run(format, "startVectorizerReplacement", Changelogs.options(DEFINITION));

        run(format, "abortVectorizerReplacement", Map.of("name", "v"));

        assertThat(pgai.replacements().list()).isEmpty();
        assertThatThrownBy(() -> rollback(format)).hasStackTraceContaining("What was embedded for it is lost.");
    }

    @Test
    void takes_a_view_away_as_the_docs_do() throws Exception {
        pgai.drop("v", Embeddings.DROP);
        pgai.create(DEFINITION.toBuilder().name("blog_content_embedder").build());
        Files.writeString(directory.resolve("docs.yaml"), """
                databaseChangeLog:
                  - changeSet:
                      id: longer-titles
                      author: team
                      changes:
                        - refreshVectorizerView:
                            name: blog_content_embedder
                            around:
                              - alter table blog alter column title type varchar(300)
                """);

        liquibase.run("update", LiquibaseCommands.on(database, "changelogFile", "docs.yaml"));

        assertThat(query("select format_type(atttypid, atttypmod) from pg_attribute"
                        + " where attrelid = 'blog_embedding'::regclass and attname = 'title'"))
                .isEqualTo("character varying(300)");
    }

    @Test
    void takes_one_statement_for_a_list() throws Exception {
        changeSet("<ext:refreshVectorizerView name=\"v\"><ext:around value=\"alter table blog drop column title\"/>"
                + "</ext:refreshVectorizerView>");

        assertThat(query("select count(*) from pg_attribute where attrelid = 'blog_embedding'::regclass"
                        + " and attname = 'title'"))
                .isEqualTo("0");
    }

    @Test
    void leaves_a_view_as_it_was_when_a_statement_fails() {
        assertThatThrownBy(() -> run(
                        "xml",
                        "refreshVectorizerView",
                        Map.of("name", "v", "around", List.of("alter table blog drop column headline"))))
                .hasStackTraceContaining("headline");

        assertThat(pgai.inspect("v").damages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "yaml", "json"})
    void adopts_embeddings_and_gives_them_back(String format) throws Exception {
        pgai.drop("v", Embeddings.KEEP);
        execute("insert into blog values (3, 'e', 'f')");

        run(format, "adoptVectorizer", Changelogs.options(DEFINITION));

        assertThat(pgai.exists("v")).isTrue();
        assertThat(pgai.inspect("v").damages()).isEmpty();
        assertThat(query("select string_agg(id::text, ',') from ai._vectorizer_q_2"))
                .isEqualTo("3");
        assertThat(embeddings()).isEqualTo(2);

        rollback(format);

        assertThat(pgai.list()).isEmpty();
        assertThat(embeddings()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "yaml", "json"})
    void alters_in_place_and_back(String format) throws Exception {
        VectorizerDefinition wanted = DEFINITION.toBuilder()
                .processing(Processing.byDefault().withBatchSize(7))
                .build();
        Map<String, Object> options = new LinkedHashMap<>(Changelogs.options(wanted));
        options.put("before", Changelogs.options(DEFINITION));

        run(format, "alterVectorizer", options);

        assertThat(pgai.find("v").orElseThrow().definition()).isEqualTo(wanted.asStored());
        assertThat(embeddings()).isEqualTo(2);

        rollback(format);

        assertThat(pgai.find("v").orElseThrow().definition()).isEqualTo(DEFINITION.asStored());
    }

    @Test
    void refuses_to_make_another_vectorizer_of_it() {
        VectorizerDefinition other =
                DEFINITION.toBuilder().embedding(Embedding.openai("other", 5)).build();

        assertThatThrownBy(() -> run("yaml", "alterVectorizer", Changelogs.options(other)))
                .hasStackTraceContaining("its model cannot be altered");

        assertThat(pgai.find("v").orElseThrow().definition()).isEqualTo(DEFINITION.asStored());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "yaml", "json"})
    void forgets_a_vectorizer_without_a_source(String format) throws Exception {
        assertThatThrownBy(() -> run(format, "forgetVectorizer", Map.of("name", "v")))
                .hasStackTraceContaining("Its source public.blog is there.");
        execute("drop table blog cascade");

        run(format, "forgetVectorizer", Map.of("name", "v"));

        assertThat(pgai.list()).isEmpty();
        assertThat(embeddings()).isEqualTo(2);
        assertThatThrownBy(() -> rollback(format)).hasStackTraceContaining("adopt the embeddings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"repairVectorizer", "refreshVectorizerView", "forgetVectorizer"})
    void says_that_there_is_none(String change) {
        assertThatThrownBy(() -> run("yaml", change, Map.of("name", "w")))
                .hasStackTraceContaining(change + ": There is no vectorizer \"w\" in database");
    }

    @Test
    void shows_what_would_run() throws Exception {
        Files.writeString(directory.resolve("changelog.xml"), Changelogs.xml("""
                        <changeSet author="test" id="1">
                          <pgai:repairVectorizer name="v"/>
                          <pgai:refreshVectorizerView name="v"><pgai:around value="select 1"/></pgai:refreshVectorizerView>
                          <pgai:forgetVectorizer name="v"/>
                        </changeSet>
                        """));

        String script = liquibase.run(
                "updateSql",
                Map.of(
                        "url",
                        "offline:postgresql?changeLogFile=" + directory.resolve("history"),
                        "changelogFile",
                        "changelog.xml"));

        assertThat(script)
                .contains(VectorizerChange.repair("v").sql())
                .contains(VectorizerChange.refreshView("v").around("select 1").sql())
                .contains(VectorizerChange.forget("v").sql());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LOSE_TRIGGER,
                "drop table blog_embedding_store cascade",
                "drop table ai._vectorizer_q_1",
                "alter table blog disable trigger user",
                "drop view blog_embedding; create table blog_embedding ()"
            })
    void a_damaged_one_does_not_exist(String sabotage) throws Exception {
        execute(sabotage);

        assertThatThrownBy(() -> changeSet(THERE.formatted("HALT") + "<ext:disableVectorizer name=\"v\"/>"))
                .hasStackTraceContaining("There is vectorizer v (id 1), and it is damaged: ")
                .hasStackTraceContaining("pply repairVectorizer.")
                .satisfies(e -> assertThat(messages(e)).noneMatch(message -> message.contains("VectorizerChange.re")));
        changeSet(THERE.formatted("MARK_RAN") + "<ext:disableVectorizer name=\"v\"/>");
        assertThat(liquibase.told()).contains("WARNING: There is vectorizer v (id 1), and it is damaged: ");
        assertThat(query("select disabled from ai.vectorizer")).isEqualTo("f");
        // Who creates what does not exist is told what to do.
        assertThatThrownBy(() -> changeSet(NOT_THERE.formatted("MARK_RAN") + CREATE))
                .hasStackTraceContaining("pply repairVectorizer.")
                .satisfies(e -> assertThat(messages(e))
                        .noneMatch(message -> message.contains("let the change set be skipped")));
        assertThatThrownBy(() -> changeSet(CREATE.replace("\"v\"", "\"v\" if_not_exists=\"true\"")))
                .hasStackTraceContaining("pply repairVectorizer.")
                .satisfies(e -> assertThat(messages(e)).noneMatch(message -> message.contains("VectorizerChange.re")));
    }

    @Test
    void one_without_a_source_is_repaired_or_forgotten() throws Exception {
        execute("drop table blog cascade");

        assertThatThrownBy(() -> changeSet(THERE.formatted("HALT") + "<ext:disableVectorizer name=\"v\"/>"))
                .hasStackTraceContaining("SOURCE_MISSING")
                .hasStackTraceContaining("forgetVectorizer, which keeps the embeddings")
                .satisfies(e -> assertThat(messages(e)).noneMatch(message -> message.contains("VectorizerChange.")));
        assertThatThrownBy(() -> changeSet("<ext:repairVectorizer name=\"v\"/>"))
                .hasStackTraceContaining("It cannot be made again from what is there")
                .hasStackTraceContaining("forgetVectorizer")
                .satisfies(e -> assertThat(messages(e)).noneMatch(message -> message.contains("VectorizerChange.")));
    }

    /** A column that the view lacks keeps nobody from searching. */
    @Test
    void one_that_works_all_the_same_exists() throws Exception {
        execute("alter table blog add column author text");

        changeSet(THERE.formatted("HALT") + "<ext:disableVectorizer name=\"v\"/>");

        assertThat(query("select disabled from ai.vectorizer")).isEqualTo("t");
    }

    @Test
    void says_how_kept_embeddings_are_taken_over() {
        pgai.drop("v", Embeddings.KEEP);

        assertThatThrownBy(() -> changeSet(CREATE))
                .hasStackTraceContaining("adoptVectorizer")
                .satisfies(e -> assertThat(messages(e)).noneMatch(message -> message.contains("VectorizerChange.")));
    }

    private void changeSet(String body) throws Exception {
        String tried = changelog + "<changeSet author=\"test\" id=\"" + ++sets + "\">" + body + "</changeSet>";
        Files.writeString(directory.resolve("sets.xml"), Changelogs.xml(tried));
        liquibase.run("update", LiquibaseCommands.on(database, "changelogFile", "sets.xml"));
        changelog = tried;
    }

    private void run(String format, String change, Map<String, Object> options) throws Exception {
        List<Map<String, Object>> one = List.of(new LinkedHashMap<>(options));
        Files.writeString(
                directory.resolve("changelog." + format),
                switch (format) {
                    case "xml" -> Changelogs.xml(change, one);
                    case "yaml" -> Changelogs.yaml(change, one);
                    default -> Changelogs.json(change, one);
                });
        execute("create table if not exists databasechangelog (id text)", "drop table databasechangelog");
        liquibase.run("update", LiquibaseCommands.on(database, "changelogFile", "changelog." + format));
    }

    private void rollback(String format) throws Exception {
        liquibase.run(
                "rollbackCount", LiquibaseCommands.on(database, "changelogFile", "changelog." + format, "count", 1));
    }

    private int embeddings() throws SQLException {
        return Integer.parseInt(String.valueOf(query("select count(*) from blog_embedding_store")));
    }

    /** What people read: the command line shows the message of the first cause. */
    private static List<String> messages(Throwable e) {
        return Stream.<@Nullable Throwable>iterate(
                        e, Objects::nonNull, cause -> cause == null ? null : cause.getCause())
                .map(String::valueOf)
                .toList();
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private @Nullable String query(String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
