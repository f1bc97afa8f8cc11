package dev.pgai.contract.flyway;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What callbacks of a user's have seen: Flyway makes some of them itself. */
public final class CallbackLog {

    private static final List<String> SEEN = new CopyOnWriteArrayList<>();

    private CallbackLog() {}

    /** A line. */
    public static void add(String event) {
        SEEN.add(event);
    }

    static void clear() {
        SEEN.clear();
    }

    static List<String> seen() {
        return List.copyOf(SEEN);
    }
}
