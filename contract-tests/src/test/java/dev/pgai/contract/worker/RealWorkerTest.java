package dev.pgai.contract.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.worker.Embedder;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.testkit.worker.WorkerFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same rows through pgai's own worker and through the worker for tests, with the same embedding function: the same
 * rows come out.
 */
class RealWorkerTest {

    private static final int DIMENSIONS = 64;
    private static final Embedder EMBEDDER = Embedder.ofWords(DIMENSIONS);

    private final List<TestDatabase> opened = new ArrayList<>();
    private RealWorker real;
    private TestDatabase theirs;
    private TestDatabase ours;

    @BeforeEach
    void createDatabases() throws SQLException {
        real = RealWorker.orSkip();
        theirs = open();
        if (query(theirs, "select extversion from pg_extension where extname = 'vector'")
                .get(0)
                .endsWith("-standin")) {
            abort("pgai's worker writes vectors in pgvector's binary form, which the stand-in does not read");
        }
        ours = open();
    }

    @AfterEach
    void dropDatabases() {
        opened.forEach(TestDatabase::close);
    }

    private TestDatabase open() {
        TestDatabase database = TestDatabases.standard().create();
        opened.add(database);
        return database;
    }

    @Test
    void writes_the_same() throws Exception {
        List<JsonNode> vectorizers = vectorizers();
        try (EmbeddingEndpoint endpoint = new EmbeddingEndpoint(EMBEDDER)) {
            for (TestDatabase database : List.of(theirs, ours)) {
                createSource(database);
                for (JsonNode vectorizer : vectorizers) {
                    execute(database, vectorizer.get("sql").asText().replace("$EMBEDDING", embedding(endpoint)));
                }
            }
            compareRuns(endpoint, vectorizers);
            // Rows that changed, more than once, that went, that came, and that are gone before the worker comes.
            for (TestDatabase database : List.of(theirs, ours)) {
                execute(
                        database,
                        "update doc set title = 'changed', body = 'changed ' || body where id % 3 = 0",
                        "update doc set body = 'again ' || body where id % 6 = 0",
                        "update doc set body = '' where id % 7 = 0",
                        "update doc set body = null where id % 11 = 0",
                        "delete from doc where id % 5 = 0",
                        "insert into doc (id, title, body) select 1000 + i, 'new', 'a new text ' || i"
                                + " from generate_series(1, 60) i",
                        "delete from doc where id between 1020 and 1025",
                        "update note set body = 'other ' || id where id % 4 = 0",
                        "update note set body = '' where id % 10 = 0",
                        "update \"My App\".\"Odd Table\" set body = 'x', no = no + 100 where no = 3");
            }
            compareRuns(endpoint, vectorizers);
        }
    }

    private void compareRuns(EmbeddingEndpoint endpoint, List<JsonNode> vectorizers) throws Exception {
        int before = endpoint.texts();
        RealWorker.Run run = real.once(theirs);
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(endpoint.texts()).as("texts that pgai's worker embedded").isGreaterThan(before + 100);
        for (JsonNode vectorizer : vectorizers) {
            TestWorker.of(ours, vectorizer.get("name").asText()).runOnce();
        }
        for (JsonNode vectorizer : vectorizers) {
            String name = vectorizer.get("name").asText();
            String result = vectorizer.get("result").asText();
            List<String> expected = query(theirs, result);
            assertThat(expected).as(name).isNotEmpty();
            assertThat(query(ours, result)).as(name).isEqualTo(expected);
        }
        for (String rest : List.of(
                "select name, pending_items from ai.vectorizer_status order by name",
                "select name, message, details from ai.vectorizer_errors order by name",
                "select v.name, p.success_count, p.error_count, p.last_error_message from ai.vectorizer_worker_progress p"
                        + " join ai.vectorizer v on v.id = p.vectorizer_id order by v.name",
                "select sum(success_count), sum(error_count) from ai.vectorizer_worker_process")) {
            assertThat(query(ours, rest)).as(rest).isEqualTo(query(theirs, rest));
        }
    }

    /** What a repair made again is what pgai's worker takes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop function ai._vectorizer_src_trg_1() cascade",
                "drop table ai._vectorizer_q_1",
                "drop table ai._vectorizer_q_failed_1",
                "drop table public.doc_embedding_store cascade",
                "drop view public.doc_embedding",
                "alter table public.doc disable trigger all",
                "drop table public.doc cascade; create table public.doc (id int primary key, title text, body text);"
                        + " insert into public.doc values (1, 'one', 'first'), (2, 'two', 'second')",
                "alter table public.doc rename to docs",
                "alter table public.doc rename id to no"
            })
    void embeds_after_a_repair(String sabotage) throws Exception {
        try (EmbeddingEndpoint endpoint = new EmbeddingEndpoint(EMBEDDER)) {
            execute(
                    theirs,
                    "create table public.doc (id int primary key, title text, body text)",
                    "insert into public.doc values (1, 'one', 'first'), (2, 'two', 'second')",
                    "select ai.create_vectorizer('public.doc'::regclass, name => 'doc', embedding => "
                            + embedding(endpoint) + ", loading => ai.loading_column('body'))");
            assertThat(real.once(theirs).exitCode()).isZero();
            Pgai pgai = Pgai.on(theirs.dataSource());
            execute(theirs, sabotage);
            assertThat(pgai.exists("doc")).isFalse();

            assertThat(pgai.repair("doc")).isTrue();

            execute(
                    theirs,
                    "insert into " + pgai.find("doc").orElseThrow().definition().source()
                            + " values (3, 'three', 'third')");
            RealWorker.Run run = real.once(theirs);
            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(query(theirs, "select chunk, title from public.doc_embedding order by chunk"))
                    .containsExactly("first|one", "second|two", "third|three");
            assertThat(pgai.find("doc").orElseThrow().status().pending().isZero())
                    .isTrue();
        }
    }

    /** What is set up, what is done to make it fail, and on which reason both must agree, or a part of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '"',
            value = {
                " # update doc set body = 'poison' # no vector for poison",
                "formatting => ai.formatting_python_template('$chunk $nope') # # 'nope'",
                "formatting => ai.formatting_python_template('$chunk $') # # Invalid placeholder in string: line 1, col 8",
                "chunking => ai.chunking_character_text_splitter(5, 6) # # Got a larger chunk overlap",
                "chunking => ai.chunking_character_text_splitter(20, 0, '(a)|(b)', true) # update doc set body = 'xaxbx' #"
                        + " object of type 'NoneType' has no len()",
                " # alter table doc add seen date default 'infinity' # date too large (after year 10K): 'infinity'",
                "chunking => ai.chunking_none(), destination => ai.destination_column('vec') # alter table doc rename title"
                        + " to chunk # got multiple values for keyword argument 'chunk'",
                " # update doc set body = 'short' # expected 64 dimensions, not 3",
                " # alter table doc_embedding_store add check (chunk <> 'x'); update doc set body = 'x' # violates check"
                        + " constraint",
                "loading => ai.loading_column('body', retries => 0) # alter table doc rename body to content # 'body'",
                "loading => ai.loading_column('body', retries => 3) # alter table doc rename body to content # 'body'",
            })
    void fails_the_same(String option, String sabotage, String reason) throws Exception {
        Embedder embedder = text -> {
            if (text.equals("poison")) {
                throw new IOException("no vector for poison");
            }
            return text.equals("short") ? new float[3] : EMBEDDER.embed(text);
        };
        try (EmbeddingEndpoint endpoint = new EmbeddingEndpoint(embedder)) {
            for (TestDatabase database : List.of(theirs, ours)) {
                execute(
                        database,
                        "create table doc (id int primary key, title text, body text)",
                        "insert into doc values (1, 'one', 'first'), (2, 'two', 'second')",
                        "select ai.create_vectorizer('doc'::regclass, name => 'doc', embedding => "
                                + embedding(endpoint)
                                + (option == null ? "" : ", " + option)
                                + (option != null && option.startsWith("loading")
                                        ? ")"
                                        : ", loading => ai.loading_column('body'))"));
                if (sabotage != null) {
                    execute(database, sabotage);
                }
            }
            RealWorker.Run run = real.once(theirs);
            WorkerFailedException thrown = null;
            try {
                TestWorker.builder(ours.dataSource(), "doc")
                        .embedder(embedder)
                        .build()
                        .runOnce();
            } catch (WorkerFailedException e) {
                thrown = e;
            }

            assertThat(thrown == null ? 0 : 1).as(run.output()).isEqualTo(run.exitCode());
            String errors = "select message, details - 'error_reason', (select array_agg(k order by k)"
                    + " from jsonb_object_keys(details) k) from ai.vectorizer_errors order by recorded";
            assertThat(query(theirs, errors)).isNotEmpty();
            assertThat(query(ours, errors)).isEqualTo(query(theirs, errors));
            for (TestDatabase database : List.of(theirs, ours)) {
                assertThat(query(database, "select distinct details ->> 'error_reason' from ai.vectorizer_errors"))
                        .singleElement()
                        .asString()
                        .contains(reason);
            }
            for (String state : List.of(
                    "select id, loading_retries, ceil(extract(epoch from loading_retry_after - now()) / 60)"
                            + " from ai._vectorizer_q_1 order by id",
                    "select id, failure_step from ai._vectorizer_q_failed_1 order by id",
                    "select success_count, error_count, last_error_at is null, case when last_error_message like"
                            + " 'unexpected error%' then last_error_message end from ai.vectorizer_worker_progress",
                    "select success_count, error_count, last_error_at is null, case when last_error_message like"
                            + " 'unexpected error%' then last_error_message end from ai.vectorizer_worker_process")) {
                assertThat(query(ours, state)).as(state).isEqualTo(query(theirs, state));
            }
        }
    }

    /** Keys of these types end both workers, because psycopg writes them in no binary form. */
    @ParameterizedTest
    @ValueSource(strings = {"char(3)", "mood", "positive", "macaddr"})
    void fails_the_same_on_keys(String type) throws Exception {
        try (EmbeddingEndpoint endpoint = new EmbeddingEndpoint(EMBEDDER)) {
            for (TestDatabase database : List.of(theirs, ours)) {
                execute(
                        database,
                        "create type mood as enum ('5')",
                        "create domain positive as int check (value > 0)",
                        "create table doc (id " + type + " primary key, body text)",
                        "insert into doc values ('" + (type.equals("macaddr") ? "08:00:2b:01:02:03" : "5") + "', 'x')",
                        "select ai.create_vectorizer('doc'::regclass, name => 'doc', embedding => "
                                + embedding(endpoint) + ", loading => ai.loading_column('body'))");
            }
            RealWorker.Run run = real.once(theirs);
            assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
            assertThatThrownBy(() -> TestWorker.of(ours, "doc").drain()).isInstanceOf(WorkerFailedException.class);

            String errors = "select message, regexp_replace(details ->> 'error_reason', 'with oid \\d+', 'with oid')"
                    + " from ai.vectorizer_errors";
            assertThat(query(ours, errors)).isEqualTo(query(theirs, errors)).hasSize(1);
        }
    }

    private static String embedding(EmbeddingEndpoint endpoint) {
        return "ai.embedding_openai('text-embedding-3-small', " + DIMENSIONS + ", base_url => '" + endpoint.baseUrl()
                + "')";
    }

    private static List<JsonNode> vectorizers() throws IOException {
        List<JsonNode> vectorizers = new ArrayList<>();
        new JsonMapper().readTree(resource("vectorizers.json")).forEach(vectorizers::add);
        return vectorizers;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = requireNonNull(RealWorkerTest.class.getResourceAsStream("/worker/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void createSource(TestDatabase database) throws SQLException, IOException {
        JsonNode texts = new JsonMapper().readTree(resource("texts.json"));
        execute(database, resource("source.sql"));
        try (Connection connection = database.connection();
                PreparedStatement insert =
                        connection.prepareStatement("insert into doc (id, title, body) values (?, ?, ?)")) {
            for (int i = 0; i < texts.size(); i++) {
                insert.setInt(1, i + 1);
                insert.setString(2, "Title " + i);
                insert.setString(3, texts.get(i).textValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void execute(TestDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> query(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connection()) {
            return BlogDatabase.query(connection, sql);
        }
    }
}
