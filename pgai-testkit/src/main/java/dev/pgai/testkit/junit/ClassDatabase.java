package dev.pgai.testkit.junit;

import dev.pgai.testkit.TestDatabase;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The database that the tests of a class share, with the applications that a framework starts for the class. Whoever
 * asks first makes it; it goes when nobody holds it any longer.
 */
final class ClassDatabase {

    private static final ConcurrentMap<Key, ClassDatabase> ALL = new ConcurrentHashMap<>();

    private final Key key;
    private final TestDatabase database;
    private int holders;
    private int applications;

    private record Key(Class<?> owner, Options options) {}

    private ClassDatabase(Key key) {
        this.key = key;
        this.database = key.options().databases().create();
    }

    /** That of a class that begins. When it runs a second time, that of before is only good for an application. */
    static ClassDatabase ofClass(Class<?> owner, Options options) {
        return ALL.compute(new Key(owner, options), (key, before) -> {
            ClassDatabase held = before != null && before.applications > 0 ? before : new ClassDatabase(key);
            held.holders++;
            return held;
        });
    }

    static ClassDatabase ofApplication(Class<?> owner, Options options) {
        return ALL.compute(new Key(owner, options), (key, before) -> {
            ClassDatabase held = before != null ? before : new ClassDatabase(key);
            held.holders++;
            held.applications++;
            return held;
        });
    }

    TestDatabase testDatabase() {
        return database;
    }

    void releaseOfApplication() {
        ALL.compute(key, (same, current) -> {
            applications--;
            return release(current);
        });
    }

    void releaseOfClass() {
        ALL.compute(key, (same, current) -> release(current));
    }

    private @Nullable ClassDatabase release(@Nullable ClassDatabase current) {
        holders--;
        if (holders > 0) {
            return current;
        }
        database.close();
        return current == this ? null : current;
    }
}
