package dev.pgai.testkit.internal.thread;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work at the end of this JVM. The class loader may be closed by then, so that all classes which the work needs have to
 * be loaded: who registers work has done it once before.
 */
public final class AtExit {

    private static final Logger log = LoggerFactory.getLogger(AtExit.class);

    /** All hooks of a JVM begin at once. Who has not begun to end by then does not end at all. */
    private static final Duration ENDS_BEGIN = Duration.ofSeconds(1);

    /** Less than build tools wait before they kill a JVM. */
    private static final Duration ENDS_TAKE = Duration.ofSeconds(20);

    private static final Set<Use> USES = ConcurrentHashMap.newKeySet();

    private AtExit() {}

    /** Of a server, by what another hook of this JVM ends. */
    public static final class Use {

        private volatile boolean isEnding;

        private Use() {}

        public void ending() {
            isEnding = true;
        }

        public void ended() {
            USES.remove(this);
        }
    }

    /** All work waits for it at the end, if it ends. */
    public static Use use() {
        Use use = new Use();
        USES.add(use);
        return use;
    }

    public static void run(String name, Runnable work) {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> runGuarded(name, work), name));
        } catch (IllegalStateException e) {
            log.debug("Not registered, the JVM ends already: {}", name, e);
        }
    }

    private static void runGuarded(String name, Runnable work) {
        try {
            awaitUses();
            work.run();
        } catch (RuntimeException | LinkageError e) {
            // The log may be closed by now.
            System.err.println(name + ": " + e);
        }
    }

    private static void awaitUses() {
        long start = System.nanoTime();
        long seen = start;
        while (!USES.isEmpty()
                && System.nanoTime() - seen < ENDS_BEGIN.toNanos()
                && System.nanoTime() - start < ENDS_TAKE.toNanos()) {
            for (Use use : USES) {
                if (use.isEnding) {
                    seen = System.nanoTime();
                }
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
