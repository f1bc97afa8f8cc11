package dev.pgai.testkit.junit;

import dev.pgai.testkit.TestDatabase;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The database that the tests of a class share, with the applications that a framework starts for the class. Whoever
 * asks first makes it; it goes when nobody holds it any longer.
 */
final class ClassDatabase {

    private static final ConcurrentMap<Key, ClassDatabase> ALL = new ConcurrentHashMap<>();

    private final Key key;
    private final TestDatabase database;
    private int holders;

    private record Key(Class<?> owner, Options options) {}

    private ClassDatabase(Key key) {
        this.key = key;
        this.database = key.options().databases().create();
    }

    static ClassDatabase hold(Class<?> owner, Options options) {
        return ALL.compute(new Key(owner, options), (key, present) -> {
            ClassDatabase held = present != null ? present : new ClassDatabase(key);
            held.holders++;
            return held;
        });
    }

    TestDatabase testDatabase() {
        return database;
    }

    void release() {
        ALL.computeIfPresent(key, (same, held) -> {
            if (held != this || --holders > 0) {
                return held;
            }
            database.close();
            return null;
        });
    }
}
