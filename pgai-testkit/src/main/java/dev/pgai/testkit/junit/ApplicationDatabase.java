package dev.pgai.testkit.junit;

import dev.pgai.testkit.TestDatabase;
import java.util.concurrent.atomic.AtomicBoolean;

/** The database of one application, from {@link ApplicationDatabases#open()}. */
public final class ApplicationDatabase implements AutoCloseable {

    private final TestDatabase database;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    ApplicationDatabase(TestDatabase database, Runnable release) {
        this.database = database;
        this.release = release;
    }

    /**
     * The database.
     *
     * @return not to be closed but by {@link #close()}
     */
    public TestDatabase database() {
        return database;
    }

    /** Says that the application has ended. Never throws; a second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
