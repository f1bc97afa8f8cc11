package dev.pgai.testkit.internal.thread;

import java.nio.channels.ClosedByInterruptException;
import org.jspecify.annotations.Nullable;

/** Tells a failure from the end of a wait. */
public final class Interrupts {

    private Interrupts() {}

    /** Whether something failed only because this thread was interrupted: another time it may work. */
    public static boolean caused(Throwable failure) {
        if (Thread.currentThread().isInterrupted()) {
            return true;
        }
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof ClosedByInterruptException) {
                return true;
            }
        }
        return false;
    }
}
