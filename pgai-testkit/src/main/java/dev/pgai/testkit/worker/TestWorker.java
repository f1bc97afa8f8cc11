package dev.pgai.testkit.worker;

import dev.pgai.PgaiException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Works on the queue of one vectorizer as pgai's own worker would, in this process, with an {@link Embedder} in the
 * place of the model.
 *
 * <pre>{@code
 * TestWorker worker = TestWorker.of(database, "blog");
 * worker.drain();
 * try (PreparedStatement search = connection.prepareStatement(
 *         "select chunk from blog_embedding order by embedding <=> ?::vector limit 3")) {
 *     search.setString(1, Arrays.toString(worker.embedder().embed("what a reader asks")));
 *     ...
 * }
 * }</pre>
 *
 * <p>A batch is one transaction: it takes due rows from the queue, each key once; removes the old chunks of those that
 * still exist; loads, chunks, formats and embeds their text; writes chunks or column. When that fails, the transaction
 * is rolled back, the failure is recorded in {@code ai.vectorizer_errors} and the tables of worker statistics, and
 * {@link WorkerFailedException} is thrown. A row whose column cannot be loaded is queued to be tried again after three
 * minutes, six, and so on, and goes to the failed queue in the end; that is recorded, and nothing is thrown.
 *
 * <p>The worker of pgai 0.12.1 is the model, with LangChain's text splitters 0.3.11 and psycopg's text of column
 * values. The differences:
 *
 * <ul>
 *   <li>It loads from columns of text. Documents in {@code bytea} columns and behind URIs are refused, as are the
 *       parsers for them.
 *   <li>Long chunks are not cut to the context length of the model. The model and its other options have no meaning.
 *   <li>One batch runs at a time, whatever {@code concurrency} says, and schedules are not looked at.
 *   <li>Regular expressions that java.util.regex would read in another way are refused, as are columns in templates
 *       whose Python text is not known: ranges, vectors, and arrays of types other than text, numbers, {@code bool} and
 *       {@code uuid}.
 *   <li>{@code timestamptz} values in templates are in the time zone of {@link Builder#timeZone}, not in the server's.
 * </ul>
 *
 * <p>Safe for use by several threads: they wait for each other. Several workers, pgai's own among them, may work on one
 * queue.
 */
public final class TestWorker {

    private final DataSource dataSource;
    private final String vectorizer;
    private final ZoneId timeZone;
    private final WorkerTracking tracking = new WorkerTracking();
    private @Nullable Embedder embedder;

    private TestWorker(Builder builder) {
        this.dataSource = builder.dataSource;
        this.vectorizer = builder.vectorizer;
        this.embedder = builder.embedder;
        this.timeZone = builder.timeZone;
    }

    /**
     * A worker with the default embedder.
     *
     * @param database the database of the vectorizer
     * @param vectorizer the name of the vectorizer, which need not exist yet
     * @return a new worker
     */
    public static TestWorker of(TestDatabase database, String vectorizer) {
        return of(database.dataSource(), vectorizer);
    }

    /**
     * A worker with the default embedder.
     *
     * @param dataSource gives connections to the database; each call of the worker opens one and closes it
     * @param vectorizer the name of the vectorizer, which need not exist yet
     * @return a new worker
     */
    public static TestWorker of(DataSource dataSource, String vectorizer) {
        return builder(dataSource, vectorizer).build();
    }

    /**
     * Starts a worker with choices.
     *
     * @param dataSource as in {@link #of(DataSource, String)}
     * @param vectorizer as in {@link #of(DataSource, String)}
     * @return a new builder
     */
    public static Builder builder(DataSource dataSource, String vectorizer) {
        return new Builder(dataSource, vectorizer);
    }

    /**
     * Works on one batch: as many rows as the vectorizer's {@code batch_size}, 50 when it has none. Does nothing for a
     * vectorizer that is disabled.
     *
     * @return the rows that were embedded; rows that are gone from the source do not count, although their place in the
     *     queue goes
     * @throws WorkerFailedException when the batch failed, after that was recorded
     * @throws UnsupportedVectorizerException when the vectorizer has an option that this worker cannot carry out
     * @throws PgaiException when there is no such vectorizer
     * @throws PgaiDatabaseException when the catalog cannot be read or written
     */
    public int step() {
        return run(result -> false);
    }

    /**
     * Works until a batch embeds no row, which is where {@code pgai vectorizer worker --once} stops. Rows are left when
     * none of a batch exists any more.
     *
     * @return as {@link #step()}, of all batches
     * @throws WorkerFailedException as {@link #step()}
     * @throws UnsupportedVectorizerException as {@link #step()}
     * @throws PgaiException as {@link #step()}
     * @throws PgaiDatabaseException as {@link #step()}
     */
    public int runOnce() {
        return run(result -> result.processed() > 0);
    }

    /**
     * Works until nothing in the queue is due. Rows that wait to be loaded again are left.
     *
     * @return as {@link #step()}, of all batches
     * @throws WorkerFailedException as {@link #step()}
     * @throws UnsupportedVectorizerException as {@link #step()}
     * @throws PgaiException as {@link #step()}
     * @throws PgaiDatabaseException as {@link #step()}
     */
    public int drain() {
        return run(result -> result.taken() > 0);
    }

    /**
     * What this worker embeds with. A test searches with it, too.
     *
     * @return the embedder given, else {@link Embedder#ofWords(int)} with the dimensions of the vectorizer
     * @throws PgaiException when the vectorizer is needed for its dimensions and does not exist
     * @throws PgaiDatabaseException when the catalog cannot be read
     */
    public synchronized Embedder embedder() {
        if (embedder == null) {
            try (Connection connection = dataSource.getConnection()) {
                return embedder(plan(connection));
            } catch (SQLException e) {
                throw unreachable(e);
            }
        }
        return embedder;
    }

    private WorkerPlan plan(Connection connection) {
        return WorkerPlan.of(Pgai.on(connection)
                .find(vectorizer)
                .orElseThrow(() -> new PgaiException("There is no vectorizer " + vectorizer
                        + " in this database. Create it before the worker for tests runs.")));
    }

    private Embedder embedder(WorkerPlan plan) {
        // Made anew for each run when it is the default: a vectorizer of the same name may have other dimensions by
        // then.
        return embedder != null ? embedder : Embedder.ofWords(plan.dimensions());
    }

    /** Decides after a batch whether there is another. */
    @FunctionalInterface
    private interface GoOn {
        boolean after(Batch.Result result);
    }

    private synchronized int run(GoOn goOn) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(true);
            try {
                return run(connection, goOn);
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    private int run(Connection connection, GoOn goOn) throws SQLException {
        WorkerPlan plan = plan(connection);
        int id = plan.vectorizer().id();
        WorkerErrors errors = new WorkerErrors(connection, id);
        Batch batch = new Batch(connection, plan, embedder(plan), errors);
        tracking.start(connection);
        int rows = 0;
        try {
            Batch.Result result;
            do {
                if (isDisabled(connection, id)) {
                    break;
                }
                result = inTransaction(connection, batch);
                if (result.processed() > 0) {
                    rows += result.processed();
                    tracking.succeeded(connection, id, result.processed());
                }
            } while (goOn.after(result));
        } catch (WorkerFailure failure) {
            errors.failed(failure);
            tracking.failed(connection, id, failure.reason());
            // pgai's worker reports a failure once where it happens and once more where it ends.
            tracking.failed(connection, id, "unexpected error: vectorizer finished with errors (1 sub-exception)");
            throw new WorkerFailedException(vectorizer, failure);
        } finally {
            tracking.heartbeat(connection);
        }
        return rows;
    }

    private Batch.Result inTransaction(Connection connection, Batch batch) throws SQLException, WorkerFailure {
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            Batch.Result result = batch.run(timeZone);
            connection.commit();
            committed = true;
            return result;
        } catch (SQLException e) {
            throw WorkerFailure.unexpected(e);
        } finally {
            if (!committed) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    private static boolean isDisabled(Connection connection, int id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select disabled from ai.vectorizer where id = ?")) {
            statement.setInt(1, id);
            try (ResultSet row = statement.executeQuery()) {
                // A vectorizer that was dropped meanwhile has nothing left to do.
                return !row.next() || row.getBoolean(1);
            }
        }
    }

    private PgaiDatabaseException unreachable(SQLException e) {
        return new PgaiDatabaseException(
                "The worker for tests cannot work on vectorizer " + vectorizer + ": " + e.getMessage()
                        + ". Check that the database has pgai, and that this role may use it.",
                null,
                e.getSQLState(),
                e);
    }

    /** Choices for a worker. */
    public static final class Builder {

        private final DataSource dataSource;
        private final String vectorizer;
        private @Nullable Embedder embedder;
        private ZoneId timeZone = ZoneOffset.UTC;

        private Builder(DataSource dataSource, String vectorizer) {
            this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
            this.vectorizer = Objects.requireNonNull(vectorizer, "vectorizer");
        }

        /**
         * Embeds with something else than words, or fails on purpose.
         *
         * @param embedder default: {@link Embedder#ofWords(int)} with the dimensions of the vectorizer
         * @return this builder
         */
        public Builder embedder(Embedder embedder) {
            this.embedder = Objects.requireNonNull(embedder, "embedder");
            return this;
        }

        /**
         * The time zone of {@code timestamptz} columns that a template names. pgai's worker has the server's.
         *
         * @param timeZone default: UTC
         * @return this builder
         */
        public Builder timeZone(ZoneId timeZone) {
            this.timeZone = Objects.requireNonNull(timeZone, "timeZone");
            return this;
        }

        /**
         * Makes the worker. Nothing is read or written yet.
         *
         * @return a new worker
         */
        public TestWorker build() {
            return new TestWorker(this);
        }
    }
}
