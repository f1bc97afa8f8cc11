package dev.pgai.testkit.internal.thread;

import dev.pgai.PgaiException;

/** Waiting for something that announces itself to nobody. */
public final class Pause {

    private Pause() {}

    public static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PgaiException("Interrupted while waiting for the test server.", e);
        }
    }
}
