package dev.pgai.testkit;

import dev.pgai.testkit.internal.thread.AtExit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The database of one application, which a framework starts for tests. When the JVM ends, databases wait for
 * applications that {@linkplain #ending() end} at the same time, because those may ask their database until they have
 * ended.
 */
public final class ApplicationDatabase implements AutoCloseable {

    private final TestDatabase database;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtExit.Use use = AtExit.use();

    private ApplicationDatabase(TestDatabase database, Runnable release) {
        this.database = database;
        this.release = release;
    }

    /**
     * Gives a database to an application.
     *
     * @param database open
     * @param release gives it back, once, when the application has ended
     * @return the database, which stays until it is closed, or the JVM ends
     */
    public static ApplicationDatabase of(TestDatabase database, Runnable release) {
        return new ApplicationDatabase(database, release);
    }

    /**
     * The database.
     *
     * @return not to be closed but by {@link #close()}
     */
    public TestDatabase database() {
        return database;
    }

    /** Says that the application has begun to end. */
    public void ending() {
        use.ending();
    }

    /** Says that the application has ended. Never throws; a second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
            use.ended();
        }
    }
}
