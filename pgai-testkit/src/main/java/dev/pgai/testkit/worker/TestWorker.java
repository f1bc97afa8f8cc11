package dev.pgai.testkit.worker;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the queues of vectorizers as pgai's own worker would, in this process, with an {@link Embedder} in the place
 * of the model.
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
 * minutes, six, and so on ({@link #advance} lets them pass), and goes to the failed queue in the end; that is recorded,
 * and nothing is thrown.
 *
 * <p>On a {@code Connection} with autocommit off, all of this is in the caller's transaction, and nothing is committed:
 * a batch is a savepoint. So it is when a data source gives the connection of a transaction that the test has begun, as
 * Spring's {@code TransactionAwareDataSourceProxy} does; the log says so. On any other data source, a worker does not
 * see what a transaction has queued before that has committed; where nothing else is due, the log says that, too.
 *
 * <p>On a damaged vectorizer it does what pgai's worker would, which may be to find nothing in a queue that no trigger
 * fills. The log, and a failure, then say what is damaged and what mends it.
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
 * <p>Safe for use by several threads as far as its connection is: they wait for each other. Several workers, pgai's own
 * among them, may work on one queue.
 */
public final class TestWorker {

    private static final Logger log = LoggerFactory.getLogger(TestWorker.class);
    private static final int MOST_BATCHES = 10_000;

    private final @Nullable DataSource dataSource;
    private final @Nullable Connection connection;
    private final List<String> vectorizers;
    private final @Nullable Embedder embedder;
    private final ZoneId timeZone;
    private final int mostBatches;
    private final WorkerTracking tracking = new WorkerTracking();
    private Duration later = Duration.ZERO;
    private boolean saidThatItJoined;

    private TestWorker(Builder builder) {
        this.dataSource = builder.dataSource;
        this.connection = builder.connection;
        this.vectorizers = builder.vectorizers;
        this.embedder = builder.embedder;
        this.timeZone = builder.timeZone;
        this.mostBatches = builder.mostBatches;
    }

    /**
     * A worker with the default embedder.
     *
     * @param database the database of the vectorizers
     * @param vectorizers the names of the vectorizers, which need not exist yet; none for all that there are at each
     *     call
     * @return a new worker
     */
    public static TestWorker of(TestDatabase database, String... vectorizers) {
        return of(database.dataSource(), vectorizers);
    }

    /**
     * A worker with the default embedder.
     *
     * @param dataSource gives connections to the database; each call of the worker opens one and closes it
     * @param vectorizers as in {@link #of(TestDatabase, String...)}
     * @return a new worker
     */
    public static TestWorker of(DataSource dataSource, String... vectorizers) {
        return builder(dataSource, vectorizers).build();
    }

    /**
     * A worker with the default embedder, that works in the transaction of the caller and commits nothing. In
     * autocommit each batch is a transaction of its own.
     *
     * @param connection stays the caller's, open and with the autocommit that it has
     * @param vectorizers as in {@link #of(TestDatabase, String...)}
     * @return a new worker
     */
    public static TestWorker of(Connection connection, String... vectorizers) {
        return builder(connection, vectorizers).build();
    }

    /**
     * Starts a worker with choices.
     *
     * @param dataSource as in {@link #of(DataSource, String...)}
     * @param vectorizers as in {@link #of(TestDatabase, String...)}
     * @return a new builder
     */
    public static Builder builder(DataSource dataSource, String... vectorizers) {
        return new Builder(Objects.requireNonNull(dataSource, "dataSource"), null, vectorizers);
    }

    /**
     * Starts a worker with choices.
     *
     * @param connection as in {@link #of(Connection, String...)}
     * @param vectorizers as in {@link #of(TestDatabase, String...)}
     * @return a new builder
     */
    public static Builder builder(Connection connection, String... vectorizers) {
        return new Builder(null, Objects.requireNonNull(connection, "connection"), vectorizers);
    }

    /**
     * Works on one batch of each vectorizer: as many rows as its {@code batch_size}, 50 when it has none. Does nothing
     * for a vectorizer that is disabled. One that fails does not keep the others from their turn.
     *
     * @return the rows that were embedded; rows that are gone from the source do not count, although their place in the
     *     queue goes
     * @throws WorkerFailedException when a batch failed, after that was recorded; further failures are suppressed ones
     *     of the first
     * @throws UnsupportedVectorizerException when a vectorizer has an option that this worker cannot carry out
     * @throws dev.pgai.database.RefusedException when what the catalog holds of a vectorizer cannot be read
     * @throws PgaiException when there is no vectorizer of a name that was given; when a data source gives a connection
     *     with autocommit off of which cannot be told whether it is in a transaction
     * @throws PgaiDatabaseException when the catalog cannot be read or written
     */
    public int step() {
        return run(run -> run.on(vectorizers, result -> false));
    }

    /**
     * Works until a batch embeds no row, which is where {@code pgai vectorizer worker --once} stops. Rows are left when
     * none of a batch exists any more.
     *
     * @return as {@link #step()}, of all batches
     * @throws WorkerFailedException as {@link #step()}
     * @throws UnsupportedVectorizerException as {@link #step()}
     * @throws PgaiException as {@link #step()}; when there are more batches than {@link Builder#mostBatches}
     * @throws PgaiDatabaseException as {@link #step()}
     */
    public int runOnce() {
        return run(run -> run.on(vectorizers, result -> result.processed() > 0));
    }

    /**
     * Works until nothing in the queues is due. Rows that wait to be loaded again are left.
     *
     * @return as {@link #step()}, of all batches
     * @throws WorkerFailedException as {@link #step()}
     * @throws UnsupportedVectorizerException as {@link #step()}
     * @throws PgaiException as {@link #step()}; when there are more batches than {@link Builder#mostBatches}
     * @throws PgaiDatabaseException as {@link #step()}
     */
    public int drain() {
        return run(run -> run.untilNothingIsLeftOn(vectorizers, result -> result.taken() > 0));
    }

    /**
     * Lets time pass for this worker, without waiting: rows whose loading failed are due again when their three minutes
     * are over, or their six.
     *
     * @param time how much later it is, from now on, in addition to what passed before; not negative, down to
     *     milliseconds
     * @throws InvalidArgumentException when it is negative
     */
    public synchronized void advance(Duration time) {
        if (time.isNegative()) {
            throw new InvalidArgumentException("time", time, "it must not be negative", "Time passes forward only.");
        }
        later = later.plus(time);
    }

    /**
     * What this worker embeds with. A test searches with it, too.
     *
     * @return the embedder given, else {@link Embedder#ofWords(int)} with the dimensions of the one vectorizer
     * @throws PgaiException when no embedder was given, and the worker has several vectorizers, or the one does not
     *     exist
     * @throws PgaiDatabaseException when the catalog cannot be read
     */
    public Embedder embedder() {
        if (embedder != null) {
            return embedder;
        }
        if (vectorizers.size() != 1) {
            throw new PgaiException("This worker has several vectorizers, whose dimensions may differ. Ask for"
                    + " embedder(name), or give it one embedder for all.");
        }
        return embedder(vectorizers.get(0));
    }

    /**
     * What this worker embeds with for a vectorizer.
     *
     * @param vectorizer the name
     * @return the embedder given, else {@link Embedder#ofWords(int)} with the dimensions of the vectorizer
     * @throws PgaiException when there is no such vectorizer
     * @throws PgaiDatabaseException when the catalog cannot be read
     */
    public synchronized Embedder embedder(String vectorizer) {
        return call(open -> embedder(WorkerPlan.of(WorkerRun.find(open.connection(), vectorizer))));
    }

    private Embedder embedder(WorkerPlan plan) {
        // Made anew each time when it is the default: a vectorizer of the same name may have other dimensions by then.
        return embedder != null ? embedder : Embedder.ofWords(plan.dimensions());
    }

    @FunctionalInterface
    private interface Call<T> {
        T on(WorkerConnection open) throws SQLException;
    }

    @FunctionalInterface
    private interface Work {
        int with(WorkerRun run) throws SQLException;
    }

    private synchronized int run(Work work) {
        return call(open -> {
            // What a transaction of somebody's has of this worker goes when it is rolled back.
            WorkerTracking own = open.isJoined() ? new WorkerTracking() : tracking;
            WorkerRun.Settings settings = new WorkerRun.Settings(this::embedder, timeZone, mostBatches, later);
            return work.with(new WorkerRun(open, settings, own));
        });
    }

    private <T> T call(Call<T> call) {
        try {
            if (connection != null) {
                return call.on(WorkerConnection.ofCaller(connection));
            }
            try (Connection own = Objects.requireNonNull(dataSource).getConnection()) {
                WorkerConnection open = WorkerConnection.ofDataSource(own);
                if (open.isJoined()) {
                    sayThatItJoined();
                    return call.on(open);
                }
                return inAutoCommit(own, open, call);
            }
        } catch (SQLException e) {
            throw new PgaiDatabaseException(
                    "The worker for tests cannot work on " + this + ": " + e.getMessage()
                            + ". Check that the database has pgai, and that this role may use it.",
                    null,
                    e.getSQLState(),
                    e);
        }
    }

    private static <T> T inAutoCommit(Connection own, WorkerConnection open, Call<T> call) throws SQLException {
        boolean autoCommit = own.getAutoCommit();
        own.setAutoCommit(true);
        try {
            return call.on(open);
        } finally {
            // One that is lost would say that it is closed, and hide why.
            if (!own.isClosed()) {
                own.setAutoCommit(autoCommit);
            }
        }
    }

    private void sayThatItJoined() {
        if (!saidThatItJoined) {
            saidThatItJoined = true;
            log.info(
                    "The data source of the worker on {} gives the connection of a transaction that has begun: it works"
                            + " inside of that, and commits nothing",
                    this);
        }
    }

    /**
     * Names the vectorizers.
     *
     * @return for logs
     */
    @Override
    public String toString() {
        return vectorizers.isEmpty() ? "all vectorizers" : "vectorizer " + String.join(", ", vectorizers);
    }

    /** Choices for a worker. */
    public static final class Builder {

        private final @Nullable DataSource dataSource;
        private final @Nullable Connection connection;
        private final List<String> vectorizers;
        private @Nullable Embedder embedder;
        private ZoneId timeZone = ZoneOffset.UTC;
        private int mostBatches = MOST_BATCHES;

        private Builder(@Nullable DataSource dataSource, @Nullable Connection connection, String... vectorizers) {
            this.dataSource = dataSource;
            this.connection = connection;
            this.vectorizers = List.of(vectorizers);
        }

        /**
         * Embeds with something else than words, or fails on purpose.
         *
         * @param embedder default: {@link Embedder#ofWords(int)} with the dimensions of each vectorizer
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
         * How many batches a call of {@link TestWorker#drain} or {@link TestWorker#runOnce} does before it gives up,
         * because something may queue rows as fast as they are embedded.
         *
         * @param batches 1 or more; default: 10,000
         * @return this builder
         * @throws InvalidArgumentException when it is less than 1
         */
        public Builder mostBatches(int batches) {
            if (batches < 1) {
                throw new InvalidArgumentException(
                        "batches", batches, "it must be 1 or more", "Leave it out for 10,000.");
            }
            this.mostBatches = batches;
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
