package dev.pgai.testkit.internal.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows which clones exist, and drops them one after the other beside the tests: a drop can wait for a checkpoint. */
public final class BackgroundDrops {

    private static final Logger log = LoggerFactory.getLogger(BackgroundDrops.class);
    private static final int SECONDS_AT_EXIT = 30;
    private static final long LOOK_EVERY_MILLIS = 50;
    private static final long QUIET_MILLIS = 500;
    private static final long MOST_MILLIS_UNTIL_QUIET = 10_000;

    /** For how long nobody has come to one of these databases or done anything there; null when nobody is there. */
    private static final String QUIET_FOR = "select case when bool_or(state = 'active') then 0 else"
            + " extract(epoch from clock_timestamp() - max(greatest(backend_start, state_change))) * 1000 end::bigint"
            + " from pg_stat_activity where datname = any (?)";

    private final AdminConnections admin;
    private final Set<String> clones = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor thread;

    public BackgroundDrops(AdminConnections admin) {
        this.admin = admin;
        this.thread = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "pgai-testkit-drops");
            thread.setDaemon(true);
            return thread;
        });
        thread.allowCoreThreadTimeOut(true);
        // A database may be closed while the JVM ends.
        thread.setRejectedExecutionHandler((work, executor) -> work.run());
    }

    public void created(String database) {
        clones.add(database);
    }

    /** It is no longer to be dropped. */
    public void kept(String database) {
        clones.remove(database);
    }

    public void drop(String database) {
        thread.execute(() -> dropNow(database));
    }

    private void dropNow(String database) {
        if (!clones.remove(database)) {
            return;
        }
        try {
            admin.execute("drop database if exists " + database + " with (force)");
        } catch (SQLException | RuntimeException e) {
            log.warn("Test database {} was not dropped: {}", database, e.getMessage(), e);
        }
    }

    /** Does once what is done at the end of the JVM, so that its classes are loaded. */
    public void rehearse() {
        created(JvmName.VALUE + "_0");
        drop(JvmName.VALUE + "_0");
        thread.execute(() -> quietFor(System.nanoTime()));
    }

    /** As {@link #rehearse}, and returns when it is done: the end may be near. */
    public void rehearseNow() {
        rehearse();
        try {
            thread.submit(() -> {}).get(SECONDS_AT_EXIT, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.debug("Not rehearsed: {}", e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** At the end of the JVM, when the server stays: drops all clones, also those that nobody closed. */
    public void finish() {
        awaitQuiet();
        clones.forEach(this::drop);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(SECONDS_AT_EXIT, TimeUnit.SECONDS)) {
                log.warn("Test databases were not dropped within {} s: {}", SECONDS_AT_EXIT, clones);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until nobody uses the clones that are left. What holds one, such as the context of an application, ends at
     * the same time, and may have something to do there.
     */
    public void awaitQuiet() {
        long start = System.nanoTime();
        try {
            while (!clones.isEmpty()
                    && millisSince(start) < MOST_MILLIS_UNTIL_QUIET
                    && quietFor(start) < QUIET_MILLIS) {
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long quietFor(long start) {
        try {
            return Math.min(millisSince(start), admin.run(this::quietFor));
        } catch (SQLException e) {
            // Who cannot look does not wait.
            return Long.MAX_VALUE;
        }
    }

    private long quietFor(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUIET_FOR)) {
            statement.setArray(1, connection.createArrayOf("text", clones.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long millis = row.getLong(1);
                return row.wasNull() ? Long.MAX_VALUE : millis;
            }
        }
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
