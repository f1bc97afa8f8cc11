package dev.pgai.testkit.internal.server;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows which clones exist, and drops them one after the other beside the tests: a drop can wait for a checkpoint. */
public final class BackgroundDrops {

    private static final Logger log = LoggerFactory.getLogger(BackgroundDrops.class);
    private static final int SECONDS_AT_EXIT = 30;

    private final AdminConnections admin;
    private final Set<String> clones = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor thread;
    private volatile boolean serverEnds;

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
        if (serverEnds || !clones.remove(database)) {
            return;
        }
        try {
            admin.execute("drop database if exists " + database + " with (force)");
        } catch (SQLException | RuntimeException e) {
            if (!serverEnds) {
                log.warn("Test database {} was not dropped: {}", database, e.getMessage(), e);
            }
        }
    }

    /** At the end of the JVM, when the server stays: drops all clones, also those that nobody closed. */
    public void finish() {
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

    /** At the end of the JVM, when the server and all its data go: drops are no longer worth doing. */
    public void forget() {
        serverEnds = true;
        thread.shutdownNow();
    }
}
