package dev.pgai.testkit.junit;

import dev.pgai.testkit.PgaiObjects;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Looks at a test when it has ended, after all callbacks. */
final class TestEnd implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    private final ExtensionContext test;
    private final HeldDatabase database;
    private final @Nullable PgaiObjects before;
    private volatile boolean failedInside;

    private TestEnd(ExtensionContext test, HeldDatabase database) {
        this.test = test;
        this.database = database;
        this.before = Options.asksForNothingLeft(test) ? now(database) : null;
    }

    static void watch(ExtensionContext test, HeldDatabase database) {
        test.getStore(Given.NAMESPACE).put(key(test, database), new TestEnd(test, database));
    }

    /** JUnit runs dynamic tests without callbacks, and their failures are not those of the test around them. */
    static void failedInside(ExtensionContext test, HeldDatabase database, ExtensionContext inside, Throwable failure) {
        TestEnd end = test.getStore(Given.NAMESPACE).get(key(test, database), TestEnd.class);
        if (end != null) {
            end.failedInside = true;
        }
        database.failed(inside, failure);
    }

    /** By the database, too: a class may have several extensions. */
    private static Object key(ExtensionContext test, HeldDatabase database) {
        return List.of(TestEnd.class, test.getUniqueId(), database);
    }

    private static PgaiObjects now(HeldDatabase database) {
        return PgaiObjects.in(database.testDatabase().dataSource());
    }

    @Override
    public void close() {
        Optional<Throwable> failure = Failures.of(test);
        if (failure.isPresent()) {
            database.failed(test, failure.get());
        } else if (before != null && !failedInside) {
            List<String> left = now(database).without(before).list();
            if (!left.isEmpty()) {
                AssertionError unclean =
                        new AssertionError(test.getDisplayName() + " left behind of pgai: " + String.join(", ", left));
                database.failed(test, unclean);
                throw unclean;
            }
        }
    }
}
