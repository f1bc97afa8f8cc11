package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.pgai.PgaiException;
import dev.pgai.database.MissingRightsException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.RowCount;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerError;
import dev.pgai.database.VectorizerNotFoundException;
import dev.pgai.database.VectorizerStatus;
import dev.pgai.database.WorkerProgress;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.testkit.worker.WorkerFailedException;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far a vectorizer is. */
class StatusTest {

    private static final String NO_WORKER_YET = ", worker: 0 successes, 0 failures";

    private final VectorizerDefinition definition = Blog.definition().build();
    private final VectorizerDefinition column = Blog.definition()
            .name("w")
            .destination(Destination.column("e"))
            .chunking(Chunking.none())
            .build();
    private Blog blog;
    private Pgai pgai;

    @BeforeEach
    void createVectorizer() throws SQLException {
        blog = new Blog();
        pgai = Pgai.on(blog.dataSource());
        pgai.create(definition);
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        blog.close();
    }

    private VectorizerStatus status() {
        return pgai.find("v").orElseThrow().status();
    }

    private static RowCount exactly(long rows) {
        return new RowCount.Exact(rows);
    }

    @Test
    void before_a_worker_came() {
        assertThat(status().pending()).isEqualTo(exactly(3));
        assertThat(status().failed()).isEqualTo(exactly(0));
        assertThat(status().errors()).isEqualTo(exactly(0));
        assertThat(status()).hasToString("pending 3, failed 0, errors 0, worker: 0 successes, 0 failures");
        assertThat(pgai.countPending("v")).isEqualTo(3);
        assertThat(pgai.errors("v", 1)).isEmpty();
    }

    @Test
    void after_a_worker_finished() throws SQLException {
        Instant before = now();
        TestWorker.of(blog.dataSource(), "v").drain();

        assertThat(status().pending().isZero()).isTrue();
        assertThat(pgai.countPending("v")).isZero();
        assertThat(status().progress()).isInstanceOfSatisfying(WorkerProgress.Recorded.class, progress -> {
            assertThat(progress.successCount()).isEqualTo(3);
            assertThat(progress.errorCount()).isZero();
            assertThat(progress.lastSuccessAt()).isBetween(before, now());
            assertThat(progress.lastErrorAt()).isNull();
        });
    }

    @Test
    void after_a_worker_failed() throws SQLException {
        Instant before = now();
        TestWorker worker = TestWorker.builder(blog.dataSource(), "v")
                .embedder(text -> {
                    throw new IllegalStateException("no \"credit\"");
                })
                .build();
        assertThatExceptionOfType(WorkerFailedException.class).isThrownBy(worker::step);

        assertThat(status().pending()).isEqualTo(exactly(3));
        assertThat(status().errors()).isEqualTo(exactly(1));
        assertThat(pgai.errors("v", 10)).singleElement().satisfies(error -> {
            assertThat(error.message()).isEqualTo("embedding provider failed");
            assertThat(error.details()).contains("\"error_reason\": \"no \\\"credit\\\"\"");
            assertThat(error.recorded()).isBetween(before, now());
        });
        assertThat(status().progress()).isInstanceOfSatisfying(WorkerProgress.Recorded.class, progress -> {
            assertThat(progress.errorCount()).isEqualTo(2);
            assertThat(progress.lastErrorAt()).isBetween(before, now());
            assertThat(progress.lastErrorMessage()).contains("unexpected error");
        });
    }

    private Instant now() {
        try {
            return Instant.parse(String.valueOf(blog.query(
                    "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void errors_are_those_of_one_vectorizer_and_the_newest_come_first() throws SQLException {
        pgai.create(column);
        recordErrors(1, 5);
        recordErrors(2, 1);

        assertThat(pgai.errors("v", 2))
                .extracting(VectorizerError::message, VectorizerError::details, VectorizerError::recorded)
                .containsExactly(
                        tuple("error 5", "{\"n\": 5}", Instant.parse("2026-01-01T00:00:05Z")),
                        tuple("error 4", "{\"n\": 4}", Instant.parse("2026-01-01T00:00:04Z")));
        assertThat(pgai.errors("v", 100)).hasSize(5);
        assertThat(pgai.errors("w", 100)).hasSize(1);
        assertThat(pgai.list())
                .extracting(vectorizer -> vectorizer.status().errors())
                .containsExactly(exactly(5), exactly(1));
    }

    private void recordErrors(int vectorizer, int number) throws SQLException {
        blog.execute("insert into ai._vectorizer_errors (id, message, details, recorded) select " + vectorizer
                + ", 'error ' || i, jsonb_build_object('n', i), timestamptz '2026-01-01 00:00:00Z' + i * interval '1 s'"
                + " from generate_series(1, " + number + ") i");
    }

    @Test
    void an_error_may_lack_message_and_details() throws SQLException {
        blog.execute("insert into ai._vectorizer_errors (id) values (1)");

        assertThat(pgai.errors("v", 1)).singleElement().satisfies(error -> {
            assertThat(error.message()).isNull();
            assertThat(error.details()).isNull();
        });
    }

    @Test
    void a_limit_of_errors_is_positive() {
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> pgai.errors("v", 0))
                .withMessageContaining("limit = 0 is refused: it must be 1 or more");
    }

    @Test
    void counting_stops_but_not_when_all_is_asked_for() throws SQLException {
        blog.execute(
                "insert into ai._vectorizer_q_1 (id) select i from generate_series(4, 10000) i",
                "insert into ai._vectorizer_q_failed_1 (id, failure_step) select i, 'x' from generate_series(1, 10000) i");
        recordErrors(1, 10000);

        assertThat(status()).hasToString("pending 10000, failed 10000, errors 10000" + NO_WORKER_YET);

        blog.execute(
                "insert into ai._vectorizer_q_1 (id) select i from generate_series(10001, 12000) i",
                "insert into ai._vectorizer_q_failed_1 (id, failure_step) values (1, 'x')",
                "insert into ai._vectorizer_errors (id) values (1), (1)");

        RowCount more = new RowCount.AtLeast(10_001);
        assertThat(List.of(status().pending(), status().failed(), status().errors()))
                .containsOnly(more);
        assertThat(more).hasToString("10001 or more");
        assertThat(more.exact()).isEmpty();
        assertThat(more.isZero()).isFalse();
        assertThat(pgai.countPending("v")).isEqualTo(12_000);
        assertThat(pgai.find("v")).contains(pgai.list().get(0));
    }

    @Test
    void rows_that_were_deleted_do_not_count() throws SQLException {
        blog.execute("delete from ai._vectorizer_q_1");

        assertThat(status().pending()).isEqualTo(exactly(0));
    }

    @Test
    void a_callers_own_changes_count() throws SQLException {
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(false);
            Blog.execute(connection, "insert into public.blog values (4, 't', 'c')");

            assertThat(Pgai.on(connection).countPending("v")).isEqualTo(4);
            assertThat(Pgai.on(connection).list().get(0).status().pending()).isEqualTo(exactly(4));
            assertThat(status().pending()).isEqualTo(exactly(3));
        }
    }

    @Test
    void any_name_of_a_queue_will_do() throws SQLException {
        blog.execute("create schema \"q \"\" 'x' %s\"");
        pgai.create(column.toBuilder()
                .queueSchema("q \" 'x' %s")
                .queueTable("\\ $q$ %I.\"queue\" ;")
                .build());

        assertThat(pgai.find("w").orElseThrow().status().pending()).isEqualTo(exactly(3));
        assertThat(pgai.countPending("w")).isEqualTo(3);
    }

    @Test
    void a_queue_that_somebody_dropped_is_no_error() throws SQLException {
        blog.execute("drop table ai._vectorizer_q_1", "drop table ai._vectorizer_q_failed_1");

        assertThat(status()).hasToString("pending no table, failed no table, errors 0" + NO_WORKER_YET);
        assertThatExceptionOfType(PgaiDatabaseException.class)
                .isThrownBy(() -> pgai.countPending("v"))
                .withMessageContaining("\"ai\".\"_vectorizer_q_1\" is gone");
    }

    @Test
    void names_that_are_not_there() {
        assertThatExceptionOfType(VectorizerNotFoundException.class).isThrownBy(() -> pgai.countPending("V"));
        assertThatExceptionOfType(VectorizerNotFoundException.class).isThrownBy(() -> pgai.errors("V", 1));
    }

    @Test
    void what_may_not_be_read_is_said_and_the_transaction_goes_on() throws SQLException {
        blog.execute("create schema queues");
        pgai.create(column.toBuilder().queueSchema("queues").build());
        String role = blog.createRole();
        String to = " to " + Blog.quoted(role);
        blog.execute("grant usage on schema ai" + to, "grant select on ai.vectorizer" + to);
        List<String> ai = List.of("grant select on \"ai\".\"_vectorizer_q_1\"" + to);
        List<String> queues =
                List.of("grant usage on schema \"queues\"" + to, "grant select on \"queues\".\"_vectorizer_q_2\"" + to);
        List<String> errors = List.of("grant select on ai.vectorizer_errors" + to);
        List<String> progress = List.of("grant select on ai.vectorizer_worker_progress" + to);

        try (Connection connection = blog.connect()) {
            Blog.execute(connection, "set role " + Blog.quoted(role));
            connection.setAutoCommit(false);
            Pgai asRole = Pgai.on(connection);

            List<StoredVectorizer> unread = asRole.list();

            assertThat(unread.get(0).definition()).isEqualTo(definition.asStored());
            assertThat(unread).extracting(StoredVectorizer::status).allSatisfy(status -> {
                assertThat(status.errors()).isEqualTo(new RowCount.NotReadable(errors));
                assertThat(status.failed()).isInstanceOf(RowCount.NotReadable.class);
                assertThat(status.progress()).isEqualTo(new WorkerProgress.NotReadable(progress));
                assertThat(status.pending().isZero()).isFalse();
            });
            assertThat(unread)
                    .extracting(vectorizer -> vectorizer.status().pending())
                    .containsExactly(new RowCount.NotReadable(ai), new RowCount.NotReadable(queues));
            assertThat(unread.get(0).status())
                    .hasToString(
                            "pending not readable, failed not readable, errors not readable, worker: not readable");
            assertThat(asRole.find("v")).contains(unread.get(0));
            assertThatExceptionOfType(MissingRightsException.class)
                    .isThrownBy(() -> asRole.countPending("w"))
                    .satisfies(e -> assertThat(e.missingGrants()).isEqualTo(queues));
            assertThatExceptionOfType(MissingRightsException.class)
                    .isThrownBy(() -> asRole.errors("v", 1))
                    .satisfies(e -> assertThat(e.missingGrants()).isEqualTo(errors));
            connection.commit();

            blog.execute(queues.get(1));
            assertThat(asRole.list().get(1).status().pending())
                    .as("select without usage")
                    .isEqualTo(new RowCount.NotReadable(queues.subList(0, 1)));
            connection.commit();

            for (List<String> grants : List.of(ai, queues, errors, progress)) {
                blog.execute(grants.toArray(String[]::new));
            }

            assertThat(asRole.list()).extracting(StoredVectorizer::status).allSatisfy(status -> {
                assertThat(status.pending()).isEqualTo(exactly(3));
                assertThat(status.errors()).isEqualTo(exactly(0));
                assertThat(status.progress()).hasToString("0 successes, 0 failures");
                assertThat(status.failed()).isInstanceOf(RowCount.NotReadable.class);
            });
            assertThat(asRole.countPending("w")).isEqualTo(3);
            assertThat(asRole.errors("v", 1)).isEmpty();
        }
    }

    /** Another holds the queue, so that who counts would wait. */
    @Test
    void comparing_and_looking_for_counts_nothing() throws SQLException {
        try (Connection other = blog.connect();
                Connection connection = blog.connect()) {
            other.setAutoCommit(false);
            Blog.execute(
                    other,
                    "lock ai._vectorizer_q_1, ai._vectorizer_q_failed_1, ai._vectorizer_errors,"
                            + " ai.vectorizer_worker_progress in access exclusive mode");
            Blog.execute(connection, "set lock_timeout = '50ms'");
            Pgai waiting = Pgai.on(connection);

            assertThat(waiting.createIfAbsent(definition).created()).isFalse();
            assertThat(waiting.exists("v")).isTrue();
            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> waiting.find("v"))
                    .satisfies(e -> assertThat(e.sqlState()).isEqualTo("55P03"));
        }
    }

    @Test
    void empty_queues_stay_unlocked() throws SQLException {
        blog.execute("truncate ai._vectorizer_q_1");
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(false);

            assertThat(Pgai.on(connection).list()).hasSize(1);

            assertThat(Blog.query(
                            connection,
                            "select count(*) from pg_locks where relation in"
                                    + " ('ai._vectorizer_q_1'::regclass, 'ai._vectorizer_q_failed_1'::regclass)"))
                    .isEqualTo("0");
        }
    }

    /** The list waits for the drop, and saw the vectorizer before. */
    @Test
    void a_drop_meanwhile_is_no_error() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection other = blog.connect()) {
            other.setAutoCommit(false);
            Pgai.on(other).drop("v", Embeddings.DROP);

            Future<List<StoredVectorizer>> list = thread.submit(pgai::list);
            blog.awaitWaiting("relation");
            other.commit();

            assertThat(list.get(60, TimeUnit.SECONDS))
                    .singleElement()
                    .satisfies(vectorizer ->
                            assertThat(vectorizer.status().pending()).isEqualTo(new RowCount.NoTable()));
            assertThat(pgai.list()).isEmpty();
        } finally {
            thread.shutdownNow();
        }
    }
}
