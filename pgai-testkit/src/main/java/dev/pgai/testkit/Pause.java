package dev.pgai.testkit;

/** Waiting for something that announces itself to nobody. */
final class Pause {

    private Pause() {}

    static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestkitException("Interrupted while waiting for the test server.", e);
        }
    }
}
