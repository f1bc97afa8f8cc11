package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgai.PgaiException;
import dev.pgai.database.MissingRightsException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.QueueNotEmptyException;
import dev.pgai.database.QueueNotEmptyException.Reason;
import dev.pgai.database.QueueWait;
import dev.pgai.database.RowCount;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerError;
import dev.pgai.database.VectorizerNotFoundException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.worker.Embedder;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.Embeddings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwaitEmptyQueueTest {

    private static final QueueWait ONE_LOOK = QueueWait.upTo(Duration.ZERO);
    private static final QueueWait LONG = QueueWait.upTo(Duration.ofMinutes(1)).withPollInterval(Duration.ofMillis(2));

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final List<StoredVectorizer> seen = new ArrayList<>();
    private Blog blog;
    private Pgai pgai;

    @BeforeEach
    void createVectorizer() throws SQLException {
        blog = new Blog();
        pgai = Pgai.on(blog.dataSource());
        pgai.create(Blog.definition().build());
    }

    @AfterEach
    void dropDatabase() throws SQLException, InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        blog.close();
    }

    /** A worker that has taken the rows, and goes on when it may. */
    private Future<Integer> startWorker() throws InterruptedException {
        Embedder words = Embedder.ofWords(768);
        TestWorker worker = TestWorker.builder(blog.dataSource(), "v")
                .embedder(text -> {
                    working.countDown();
                    mayGoOn.await();
                    return words.embed(text);
                })
                .build();
        Future<Integer> rows = threads.submit(worker::drain);
        assertThat(working.await(60, TimeUnit.SECONDS)).isTrue();
        return rows;
    }

    private void letTheWorkerGoOnAtTheThirdLook(StoredVectorizer vectorizer) {
        seen.add(vectorizer);
        if (seen.size() == 3) {
            mayGoOn.countDown();
        }
    }

    private List<RowCount> pendingSeen() {
        return seen.stream().map(vectorizer -> vectorizer.status().pending()).toList();
    }

    private void assertThatItWaitedForTheWorker(StoredVectorizer result, Future<Integer> worker) throws Exception {
        assertThat(worker.get(60, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(blog.query("select count(*) from public.blog_embeddings_store"))
                .isEqualTo("3");
        assertThat(result.status().pending()).isEqualTo(new RowCount.Exact(0));
        assertThat(pendingSeen()).hasSizeGreaterThan(3).endsWith(new RowCount.Exact(0));
        assertThat(pendingSeen().subList(0, seen.size() - 1)).containsOnly(new RowCount.Exact(3));
        assertThat(seen).endsWith(result);
    }

    @Test
    void waits_while_a_worker_has_rows_at_hand() throws Exception {
        Future<Integer> worker = startWorker();

        StoredVectorizer result = pgai.awaitEmptyQueue("v", LONG.withProgress(this::letTheWorkerGoOnAtTheThirdLook));

        assertThatItWaitedForTheWorker(result, worker);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void waits_on_a_callers_connection_and_leaves_it_as_it_is(boolean autoCommit) throws Exception {
        Future<Integer> worker = startWorker();
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(autoCommit);
            Spy spy = Spy.on(connection);

            StoredVectorizer result = Pgai.on(spy.connection())
                    .awaitEmptyQueue("v", LONG.withProgress(this::letTheWorkerGoOnAtTheThirdLook));

            assertThatItWaitedForTheWorker(result, worker);
            assertThat(spy.calls()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_default_isolation_of_the_server_does_not_matter_outside_of_a_transaction(boolean dataSource)
            throws Exception {
        blog.execute("alter database " + Blog.quoted(blog.name())
                + " set default_transaction_isolation = 'repeatable read'");
        Future<Integer> worker = startWorker();
        QueueWait wait = LONG.withProgress(this::letTheWorkerGoOnAtTheThirdLook);
        try (Connection connection = blog.connect()) {
            StoredVectorizer result = (dataSource ? pgai : Pgai.on(connection)).awaitEmptyQueue("v", wait);

            assertThatItWaitedForTheWorker(result, worker);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE})
    void a_transaction_that_would_see_nothing_new_is_refused_at_once(int isolation) throws SQLException {
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(isolation);

            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> Pgai.on(connection).awaitEmptyQueue("v", LONG.withProgress(seen::add)))
                    .withMessageContaining(
                            isolation == Connection.TRANSACTION_SERIALIZABLE ? "serializable" : "repeatable read")
                    .withMessageContaining("DataSource");

            assertThat(seen).isEmpty();
            assertThat(Blog.query(connection, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void an_empty_queue_needs_no_wait() throws SQLException {
        blog.execute("delete from ai._vectorizer_q_1");
        pgai.disable("v");

        StoredVectorizer result = pgai.awaitEmptyQueue("v", ONE_LOOK.withProgress(seen::add));

        assertThat(seen).containsExactly(result);
        assertThat(result.enabled()).isFalse();
    }

    @Test
    void rows_that_were_given_up_are_told() throws SQLException {
        blog.execute(
                "delete from ai._vectorizer_q_1",
                "insert into ai._vectorizer_q_failed_1 (id, failure_step) values (1, 'loading'), (2, 'loading')");

        assertThat(pgai.awaitEmptyQueue("v", ONE_LOOK).status().failed()).isEqualTo(new RowCount.Exact(2));
    }

    private QueueNotEmptyException thrownBy(QueueWait wait) {
        return catchThrowableOfType(QueueNotEmptyException.class, () -> pgai.awaitEmptyQueue("v", wait));
    }

    @Test
    void a_timeout_says_how_it_stands() throws SQLException {
        blog.execute(
                "insert into ai._vectorizer_errors (id, message, details, recorded) select 1, 'error ' || i,"
                        + " '{\"a\": 1}', timestamptz '2026-01-01 00:00:00Z' + i * interval '1 s'"
                        + " from generate_series(1, 4) i",
                "insert into ai.vectorizer_worker_progress (vectorizer_id, success_count) values (1, 7)");

        QueueNotEmptyException e = thrownBy(QueueWait.upTo(Duration.ofSeconds(2))
                .withPollInterval(Duration.ofHours(1))
                .withProgress(seen::add));

        assertThat(seen).as("a look at the start and one at the end").hasSize(2);
        assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(e.vectorizer()).isEqualTo(seen.get(1));
        assertThat(e.lastErrors())
                .extracting(VectorizerError::message)
                .containsExactly("error 4", "error 3", "error 2");
        assertThat(e)
                .hasMessageContainingAll(
                        "vectorizer \"v\"",
                        "PT2S",
                        "pending 3, failed 0, errors 4, worker: 7 successes, 0 failures",
                        "2026-01-01T00:00:04Z error 4 {\"a\": 1}",
                        "Look whether a worker runs",
                        "Pgai.errors()")
                .message()
                .doesNotContain("this transaction");
    }

    @Test
    void rows_that_a_transaction_queued_itself_are_pointed_out() throws SQLException {
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(false);
            assertThatExceptionOfType(QueueNotEmptyException.class)
                    .isThrownBy(() -> Pgai.on(connection).awaitEmptyQueue("v", ONE_LOOK))
                    .withMessageContaining("seen by no worker before it commits");
        }
    }

    @Test
    void a_disabled_vectorizer_is_not_waited_for() {
        pgai.disable("v");

        QueueNotEmptyException e = thrownBy(LONG.withProgress(seen::add));

        assertThat(e.reason()).isEqualTo(Reason.DISABLED);
        assertThat(e).hasMessageContainingAll("is disabled", "pending 3", "Pgai.enable()");
        assertThat(seen).hasSize(1);
    }

    @Test
    void a_vectorizer_that_is_disabled_meanwhile_is_not_waited_for() {
        QueueNotEmptyException e = thrownBy(LONG.withProgress(vectorizer -> {
            seen.add(vectorizer);
            pgai.disable("v");
        }));

        assertThat(e.reason()).isEqualTo(Reason.DISABLED);
        assertThat(seen).extracting(StoredVectorizer::enabled).containsExactly(true, false);
    }

    @Test
    void a_vectorizer_that_is_dropped_meanwhile_is_missed() {
        assertThatExceptionOfType(VectorizerNotFoundException.class)
                .isThrownBy(() ->
                        pgai.awaitEmptyQueue("v", LONG.withProgress(vectorizer -> pgai.drop("v", Embeddings.DROP))))
                .withMessageContainingAll("dropped", blog.name(), "meanwhile");
        assertThatExceptionOfType(VectorizerNotFoundException.class)
                .isThrownBy(() -> pgai.awaitEmptyQueue("v", LONG))
                .withMessageContaining("There is no vectorizer \"v\"");
    }

    /** The look waits for the drop, and must not take what it then finds for an empty queue. */
    @Test
    void a_drop_during_a_look_is_seen() throws Exception {
        try (Connection other = blog.connect()) {
            other.setAutoCommit(false);
            Pgai.on(other).drop("v", Embeddings.DROP);

            Future<StoredVectorizer> waiting = threads.submit(() -> pgai.awaitEmptyQueue("v", LONG));
            blog.awaitWaiting("relation");
            other.commit();

            assertThat(waiting)
                    .failsWithin(Duration.ofMinutes(1))
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(VectorizerNotFoundException.class);
        }
    }

    @Test
    void a_queue_that_is_gone_is_not_empty() throws SQLException {
        blog.execute("drop table ai._vectorizer_q_1");

        assertThatExceptionOfType(PgaiDatabaseException.class)
                .isThrownBy(() -> pgai.awaitEmptyQueue("v", LONG))
                .withMessageContaining("QUEUE_MISSING, table ai._vectorizer_q_1");
    }

    @Test
    void an_interrupt_ends_the_wait_and_stays() {
        QueueNotEmptyException e =
                thrownBy(LONG.withProgress(vectorizer -> Thread.currentThread().interrupt()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(e).hasCauseInstanceOf(InterruptedException.class).hasMessageContaining("interrupted");
        assertThat(e.lastErrors()).isEmpty();
    }

    @Test
    void what_the_callback_throws_ends_the_wait() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> pgai.awaitEmptyQueue("v", LONG.withProgress(vectorizer -> {
                    throw new IllegalStateException("enough");
                })))
                .withMessage("enough");
    }

    @Test
    void who_may_not_read_the_queue_is_told() throws SQLException {
        String role = blog.createRole();
        String to = " to " + Blog.quoted(role);
        blog.execute("grant usage on schema ai" + to, "grant select on ai.vectorizer" + to);
        try (Connection connection = blog.connect()) {
            Blog.execute(connection, "set role " + Blog.quoted(role));

            assertThatExceptionOfType(MissingRightsException.class)
                    .isThrownBy(() -> Pgai.on(connection).awaitEmptyQueue("v", LONG))
                    .satisfies(e -> assertThat(e.missingGrants())
                            .containsExactly("grant select on \"ai\".\"_vectorizer_q_1\"" + to));

            blog.execute("grant select on ai._vectorizer_q_1" + to);
            assertThatExceptionOfType(QueueNotEmptyException.class)
                    .as("without rights on the errors")
                    .isThrownBy(() -> Pgai.on(connection).awaitEmptyQueue("v", ONE_LOOK))
                    .satisfies(e -> assertThat(e.lastErrors()).isEmpty());
        }
    }

    @Test
    void durations_are_checked() {
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> QueueWait.upTo(Duration.ofNanos(-1)))
                .withMessageContaining("timeout = PT-0.000000001S is refused: it must be zero or more");
        for (Duration wrong : List.of(
                Duration.ZERO, Duration.ofNanos(999_999), Duration.ofHours(1).plusNanos(1))) {
            assertThatExceptionOfType(PgaiException.class)
                    .isThrownBy(() -> LONG.withPollInterval(wrong))
                    .withMessageContaining("pollInterval = " + wrong + " is refused: it must be from PT0.001S to PT1H");
        }
    }

    /** Longer than fits into nanoseconds. */
    @Test
    void a_timeout_may_be_endless() throws Exception {
        Future<Integer> worker = startWorker();
        QueueWait endless = QueueWait.upTo(Duration.ofSeconds(Long.MAX_VALUE))
                .withPollInterval(Duration.ofMillis(2))
                .withProgress(this::letTheWorkerGoOnAtTheThirdLook);

        assertThatItWaitedForTheWorker(pgai.awaitEmptyQueue("v", endless), worker);
    }
}
