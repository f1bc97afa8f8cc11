package dev.pgai.testkit.worker;

import dev.pgai.PgaiException;
import dev.pgai.database.RefusedException;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.Pgai;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of a worker, on one connection. */
final class WorkerRun {

    private static final Logger log = LoggerFactory.getLogger(WorkerRun.class);

    /**
     * What holds for all calls.
     *
     * @param embedder by the plan of a vectorizer
     * @param mostBatches how many batches one call may do
     * @param later how much later it is than the clock says
     */
    record Settings(Function<WorkerPlan, Embedder> embedder, ZoneId timeZone, int mostBatches, Duration later) {}

    /** Decides after a batch whether there is another. */
    @FunctionalInterface
    interface GoOn {
        boolean after(Batch.Result result);
    }

    private final WorkerConnection connection;
    private final Settings settings;
    private final WorkerTracking tracking;
    private final List<PgaiException> failures = new ArrayList<>();
    private int batches;

    WorkerRun(WorkerConnection connection, Settings settings, WorkerTracking tracking) {
        this.connection = connection;
        this.settings = settings;
        this.tracking = tracking;
    }

    /**
     * Works on vectorizers, one after the other. One that fails does not keep the others from their turn.
     *
     * @param names of those to work on; none for all
     * @return the rows that were embedded
     */
    int on(List<String> names, GoOn goOn) throws SQLException {
        tracking.start(connection.connection());
        int rows = 0;
        try {
            for (StoredVectorizer vectorizer : vectorizers(names)) {
                rows += attempt(vectorizer, goOn);
            }
        } finally {
            heartbeat();
        }
        throwFailures();
        return rows;
    }

    private void heartbeat() throws SQLException {
        try {
            tracking.heartbeat(connection.connection());
        } catch (SQLException e) {
            if (failures.isEmpty()) {
                throw e;
            }
            failures.get(0).addSuppressed(e);
        }
    }

    /** The same until none of them has anything to do: what one writes may be the source of another. */
    int untilNothingIsLeftOn(List<String> names, GoOn goOn) throws SQLException {
        int rows = 0;
        int more;
        do {
            more = on(names, goOn);
            rows += more;
        } while (more > 0 && names.size() != 1);
        return rows;
    }

    private List<StoredVectorizer> vectorizers(List<String> names) {
        return names.isEmpty()
                ? Pgai.on(connection.connection()).list()
                : names.stream()
                        .map(name -> find(connection.connection(), name))
                        .toList();
    }

    static StoredVectorizer find(Connection connection, String name) {
        return Pgai.on(connection)
                .find(name)
                .orElseThrow(() -> new PgaiException("There is no vectorizer " + name
                        + " in this database. Create it before the worker for tests runs."));
    }

    private int attempt(StoredVectorizer vectorizer, GoOn goOn) throws SQLException {
        try {
            return on(WorkerPlan.of(vectorizer), goOn);
        } catch (WorkerFailedException | UnsupportedVectorizerException | RefusedException e) {
            failures.add(e);
            return 0;
        }
    }

    private void throwFailures() {
        if (!failures.isEmpty()) {
            PgaiException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    private int on(WorkerPlan plan, GoOn goOn) throws SQLException {
        int id = plan.vectorizer().id();
        WorkerErrors errors = new WorkerErrors(connection.connection(), id);
        int rows = 0;
        boolean taken = false;
        try {
            Batch.Result result;
            do {
                if (isDisabled(connection.connection(), id)) {
                    return rows;
                }
                countBatch(plan);
                result = connection.inTransaction(
                        open -> new Batch(open, plan, settings.embedder().apply(plan), errors, settings.later())
                                .run(settings.timeZone()));
                taken |= result.taken() > 0;
                if (result.processed() > 0) {
                    rows += result.processed();
                    tracking.succeeded(connection.connection(), id, result.processed());
                }
            } while (goOn.after(result));
        } catch (WorkerFailure failure) {
            throw new WorkerFailedException(plan.vectorizer(), failure, recorded(failure, id, errors));
        }
        if (!plan.vectorizer().isWhole()) {
            log.warn(
                    "Vectorizer {} is damaged, so that rows may not have come into its queue: {}",
                    plan.vectorizer().name(),
                    plan.vectorizer().damages());
        } else if (!taken && !connection.isJoined()) {
            UnseenRows.sayWhoHasChanged(connection.connection(), plan);
        }
        return rows;
    }

    /** Returns why it could not be: on a connection that is lost. */
    private @Nullable SQLException recorded(WorkerFailure failure, int id, WorkerErrors errors) {
        try {
            errors.failed(failure);
            tracking.failed(connection.connection(), id, failure.reason());
            // pgai's worker reports a failure once where it happens and once more where it ends.
            tracking.failed(
                    connection.connection(), id, "unexpected error: vectorizer finished with errors (1 sub-exception)");
            return null;
        } catch (SQLException e) {
            return e;
        }
    }

    private void countBatch(WorkerPlan plan) {
        batches++;
        if (batches > settings.mostBatches()) {
            throw new PgaiException("The worker for tests gave up after " + settings.mostBatches()
                    + " batches, at vectorizer " + plan.vectorizer().name() + ". Does something queue rows as fast as"
                    + " they are embedded, such as a trigger on the source? If there are really so many rows, raise"
                    + " mostBatches.");
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
}
