package dev.pgai.jdbc.change;

import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.connection.Session;
import dev.pgai.jdbc.connection.SqlErrors;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A transaction that waits a moment only for each lock, and is tried again. Whoever comes after a waiting one waits,
 * too: readers would stand still behind a change that waits for a slow one of them.
 */
final class BriefLocks {

    /** Less than the time after which the server looks for a deadlock: it is this transaction that gives up. */
    private static final String PATIENCE = "200ms";

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Session session;
    private final String operation;
    private final Duration timeout;

    BriefLocks(Session session, String operation, Duration timeout) {
        this.session = session;
        this.operation = operation;
        this.timeout = timeout;
    }

    <T> T change(Function<Database, T> work) {
        long start = System.nanoTime();
        while (true) {
            try {
                return session.change(operation, database -> {
                    Locks.take(database);
                    database.query(
                            "select pg_catalog.set_config('lock_timeout', '" + PATIENCE + "', true)",
                            row -> row.next());
                    return work.apply(database);
                });
            } catch (PgaiDatabaseException e) {
                if (!SqlErrors.state(e).equals(SqlErrors.LOCK_NOT_AVAILABLE)
                        || System.nanoTime() - start > timeout.toNanos()) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private static void pause(PgaiDatabaseException refused) {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused;
        }
    }
}
