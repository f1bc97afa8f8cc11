package dev.pgai.testkit.internal.thread;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work at the end of this JVM. The class loader may be closed by then, so that all classes which the work needs have to
 * be loaded: who registers work has done it once before.
 */
public final class AtExit {

    private static final Logger log = LoggerFactory.getLogger(AtExit.class);

    private AtExit() {}

    public static void run(String name, Runnable work) {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> runGuarded(name, work), name));
        } catch (IllegalStateException e) {
            log.debug("Not registered, the JVM ends already: {}", name, e);
        }
    }

    private static void runGuarded(String name, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | LinkageError e) {
            // The log may be closed by now.
            System.err.println(name + ": " + e);
        }
    }
}
