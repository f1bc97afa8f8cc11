package dev.pgai.jdbc.read;

import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.Problem.Severity;
import dev.pgai.database.QueueNotEmptyException;
import dev.pgai.database.QueueNotEmptyException.Reason;
import dev.pgai.database.QueueWait;
import dev.pgai.database.RowCount;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerDamagedException;
import dev.pgai.database.VectorizerError;
import dev.pgai.database.VectorizerNotFoundException;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.connection.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the queue of a vectorizer is empty. A worker takes a row out of the queue in the transaction that writes
 * its embeddings, so that an empty queue means that nothing is at work.
 */
public final class EmptyQueue {

    private static final int LAST_ERRORS = 3;

    private final Session session;
    private final String name;
    private final QueueWait wait;
    private final String operation;
    private final long start = System.nanoTime();
    private int looks;

    public EmptyQueue(Session session, String name, QueueWait wait) {
        this.session = session;
        this.name = name;
        this.wait = wait;
        this.operation = "wait for the queue of vectorizer \"" + name + "\"";
    }

    public StoredVectorizer await() {
        while (true) {
            StoredVectorizer seen = session.read(operation, this::look);
            wait.progress().accept(seen);
            if (seen.status().pending().isZero()) {
                return seen;
            }
            if (!seen.enabled()) {
                throw failure(Reason.DISABLED, seen, null);
            }
            Duration left = wait.timeout().minusNanos(System.nanoTime() - start);
            if (left.isNegative() || left.isZero()) {
                throw failure(Reason.TIMEOUT, seen, null);
            }
            Duration pause = wait.pauseAfter(looks);
            try {
                TimeUnit.NANOSECONDS.sleep((pause.compareTo(left) < 0 ? pause : left).toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failure(Reason.INTERRUPTED, seen, e);
            }
        }
    }

    private StoredVectorizer look(Database database) {
        CatalogLook look = CatalogLook.forReading(database);
        if (look.keepsItsSnapshot() && session.isInTransaction()) {
            throw new PgaiDatabaseException(
                    "Cannot " + operation + ": this transaction is " + look.isolation()
                            + ", and would never see what a worker does. Wait after its end, on an autocommit"
                            + " connection, or with a DataSource.",
                    null,
                    null,
                    null);
        }
        Optional<StoredVectorizer> found = StoredVectorizers.find(database, look, name);
        if (found.isPresent() && found.get().status().pending() instanceof RowCount.NoTable) {
            // It may have waited for a transaction that dropped the vectorizer, which is not in its snapshot.
            found = StoredVectorizers.find(database, look, name);
        }
        StoredVectorizer seen = found.orElseThrow(() -> looks == 0
                ? NotFound.exception(look, name)
                : new VectorizerNotFoundException(
                        name,
                        "Cannot " + operation + ": it was dropped from database \"" + look.database() + "\" meanwhile.",
                        List.of(NotFound.problem(look, name)),
                        null,
                        null,
                        null));
        if (!seen.isWhole()) {
            throw new VectorizerDamagedException(
                    "Cannot " + operation,
                    name,
                    seen.id(),
                    seen.damages().stream()
                            .filter(damage -> damage.severity() == Severity.ERROR)
                            .toList());
        }
        PendingCount.requireCounted(database, look, seen.status().pending(), seen.queue());
        looks++;
        return seen;
    }

    private QueueNotEmptyException failure(
            Reason reason, StoredVectorizer seen, @Nullable InterruptedException interrupted) {
        List<VectorizerError> errors =
                interrupted != null || seen.status().errors().exact().isEmpty()
                        ? List.of()
                        : session.read(operation, database -> RecordedErrors.newest(database, name, LAST_ERRORS));
        String message = "The queue of vectorizer \"" + name + "\" is not empty, and " + why(reason) + ". It has "
                + seen.status() + ". Last errors, newest first: " + errors + hint(reason);
        return new QueueNotEmptyException(reason, seen, errors, message, interrupted);
    }

    private String why(Reason reason) {
        return switch (reason) {
            case TIMEOUT -> "the timeout of " + wait.timeout() + " is over";
            case DISABLED -> "the vectorizer is disabled, so that workers pass it by";
            case INTERRUPTED -> "the waiting thread was interrupted";
        };
    }

    private String hint(Reason reason) {
        return switch (reason) {
            case TIMEOUT ->
                ". Look whether a worker runs for this database, and at Pgai.errors(). Rows whose loading failed stay in"
                        + " the queue for minutes before they are tried again."
                        + (session.isInTransaction()
                                ? " Rows that this transaction has queued itself are seen by no worker before it"
                                        + " commits."
                                : "");
            case DISABLED -> ". Pgai.enable() enables it.";
            case INTERRUPTED -> ".";
        };
    }
}
