package dev.pgai.testkit.internal.thread;

/** What the first test need not wait for. */
public final class Background {

    private Background() {}

    public static void run(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
