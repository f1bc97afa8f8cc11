package dev.pgai.jdbc;

import dev.pgai.jdbc.QueueNotEmptyException.Reason;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the queue of a vectorizer is empty. A worker takes a row out of the queue in the transaction that writes
 * its embeddings, so that an empty queue means that nothing is at work.
 */
final class EmptyQueue {

    private static final int LAST_ERRORS = 3;

    private final Session session;
    private final VectorizerKey key;
    private final QueueWait wait;
    private final String doing;
    private final long start = System.nanoTime();
    private int looks;

    EmptyQueue(Session session, VectorizerKey key, QueueWait wait) {
        this.session = session;
        this.key = key;
        this.wait = wait;
        this.doing = "Cannot wait for the queue of " + key;
    }

    StoredVectorizer await() {
        while (true) {
            StoredVectorizer seen = session.call(this::look);
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

    private StoredVectorizer look(Connection connection) {
        Preflight preflight = Preflight.forReading(connection, doing);
        CatalogLook look = preflight.look();
        if (look.keepsItsSnapshot() && session.isWithinATransaction()) {
            throw new PgaiDatabaseException(
                    doing + ": this transaction is " + look.isolation() + ", and would never see what a worker does."
                            + " Wait after its end, on an autocommit connection, or with a DataSource.",
                    null,
                    null);
        }
        Optional<StoredVectorizer> found = StoredVectorizers.find(connection, doing, preflight, key);
        if (found.isPresent() && found.get().status().pending() instanceof RowCount.NoTable) {
            // It may have waited for a transaction that dropped the vectorizer, which is not in its snapshot.
            found = StoredVectorizers.find(connection, doing, preflight, key);
        }
        StoredVectorizer seen = found.orElseThrow(() -> looks == 0
                ? new VectorizerNotFoundException(key, look.database())
                : new VectorizerNotFoundException(
                        key,
                        doing + ": it was dropped from database \"" + look.database() + "\" meanwhile.",
                        null,
                        null));
        PendingCount.requireCounted(preflight, seen.status().pending(), doing, seen.queue());
        looks++;
        return seen;
    }

    private QueueNotEmptyException failure(
            Reason reason, StoredVectorizer seen, @Nullable InterruptedException interrupted) {
        List<VectorizerError> errors = interrupted != null || seen.status().errors() instanceof RowCount.NotReadable
                ? List.of()
                : session.call(connection -> RecordedErrors.newest(connection, key, LAST_ERRORS));
        String message = "The queue of " + key + " is not empty, and " + why(reason) + ". It has " + seen.status()
                + ". Last errors, newest first: " + errors + wayOut(reason);
        return new QueueNotEmptyException(reason, seen, errors, message, interrupted);
    }

    private String why(Reason reason) {
        return switch (reason) {
            case TIMEOUT -> "the timeout of " + wait.timeout() + " is over";
            case DISABLED -> "the vectorizer is disabled, so that workers pass it by";
            case INTERRUPTED -> "the waiting thread was interrupted";
        };
    }

    private String wayOut(Reason reason) {
        return switch (reason) {
            case TIMEOUT ->
                ". Look whether a worker runs for this database, and at Pgai.errors(). Rows whose loading failed stay in"
                        + " the queue for minutes before they are tried again."
                        + (session.isWithinATransaction()
                                ? " Rows that this transaction has queued itself are seen by no worker before it"
                                        + " commits."
                                : "");
            case DISABLED -> ". Pgai.enable() enables it.";
            case INTERRUPTED -> ".";
        };
    }
}
