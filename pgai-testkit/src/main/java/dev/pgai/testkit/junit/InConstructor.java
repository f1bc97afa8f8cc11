package dev.pgai.testkit.junit;

import java.lang.reflect.Parameter;
import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The database that constructors ask for, when the test that it will be for is not known yet. The thread that makes the
 * instances of a test, from the outermost to the innermost, runs the test then.
 */
final class InConstructor implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    private final HeldDatabase database;
    private final Set<Parameter> asked = new HashSet<>();
    private @Nullable HeldConnection connection;

    private InConstructor(HeldDatabase database) {
        this.database = database;
    }

    static Given given(Parameter parameter, ExtensionContext testClass, Options options) {
        ExtensionContext.Store store = testClass.getRoot().getStore(Given.NAMESPACE);
        InConstructor pending = store.get(key(options), InConstructor.class);
        if (pending != null && !pending.asked.add(parameter)) {
            // The test before was never begun: its constructor has failed.
            pending.close();
            pending = null;
        }
        if (pending == null) {
            pending = new InConstructor(new HeldDatabase(testClass, options));
            pending.asked.add(parameter);
            store.put(key(options), pending);
        }
        return new Given(pending.database, pending::connection);
    }

    /** Gives the test what its constructors were given. */
    static void handOver(ExtensionContext test, Options options) {
        InConstructor pending = test.getRoot().getStore(Given.NAMESPACE).remove(key(options), InConstructor.class);
        if (pending != null) {
            pending.database.heldBy(test);
            ExtensionContext.Store store = test.getStore(Given.NAMESPACE);
            store.put(Given.testKey(test, options), pending.database);
            if (pending.connection != null) {
                store.put(Given.connectionKey(test), pending.connection);
            }
        }
    }

    private static Object key(Options options) {
        return List.of(InConstructor.class, Thread.currentThread(), options);
    }

    private Connection connection() {
        if (connection == null) {
            connection = new HeldConnection(database.testDatabase());
        }
        return connection.connection();
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
        database.close();
    }
}
