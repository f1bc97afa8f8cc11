package dev.pgai.testkit.internal.thread;

import dev.pgai.PgaiException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Slow work that is done once, and whose failure is remembered, too. A thread of its own does it: who is interrupted
 * while waiting gives up waiting, and the work goes on for the next who asks.
 */
public final class Once<T> {

    private final String name;
    private final Supplier<T> work;
    private @Nullable FutureTask<T> task;

    /** @param name of the thread */
    public Once(String name, Supplier<T> work) {
        this.name = name;
        this.work = work;
    }

    /**
     * What came of it, at once from the second call on.
     *
     * @throws PgaiException when it failed, with the first failure as its cause; or when this thread is interrupted
     */
    public T get() {
        try {
            return started().get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String message = cause instanceof PgaiException ? cause.getMessage() : String.valueOf(cause);
            throw new PgaiException(String.valueOf(message), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PgaiException("Interrupted while waiting for the test server, which goes on to start.", e);
        }
    }

    private synchronized FutureTask<T> started() {
        if (task == null) {
            task = new FutureTask<>(work::get);
            Background.run(name, task);
        }
        return task;
    }
}
