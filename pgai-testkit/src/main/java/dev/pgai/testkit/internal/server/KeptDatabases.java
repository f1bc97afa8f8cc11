package dev.pgai.testkit.internal.server;

import dev.pgai.InvalidArgumentException;
import dev.pgai.testkit.internal.setting.Settings;
import java.util.concurrent.atomic.AtomicInteger;

/** How many databases stay when this JVM ends. */
public final class KeptDatabases {

    static final int BY_DEFAULT = 5;

    private static final int MOST = 1000;
    private static final AtomicInteger KEPT = new AtomicInteger();

    private KeptDatabases() {}

    /** Counts one more, if it may be. */
    public static boolean oneMore() {
        int limit = limit(Settings.OF_THIS_JVM);
        return KEPT.getAndUpdate(kept -> kept < limit ? kept + 1 : kept) < limit;
    }

    /** On a machine that nobody looks into, nothing stays. */
    static int limit(Settings settings) {
        return settings.choose(
                Settings.KEEP, () -> settings.isContinuousIntegration() ? 0 : BY_DEFAULT, KeptDatabases::parse);
    }

    private static int parse(String value) {
        if (!value.matches("[0-9]{1,4}") || Integer.parseInt(value) > MOST) {
            throw new InvalidArgumentException(
                    "keep", value, "it must be a number of databases, 0 to " + MOST, "Use 0 to keep none.");
        }
        return Integer.parseInt(value);
    }
}
