package dev.pgai.testkit.junit;

import dev.pgai.PgaiException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import java.net.URI;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a test, or a class, is given for its fields and parameters. */
final class Given {

    static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Given.class);

    private static final Map<Class<?>, Function<Given, Object>> KNOWN_BY_TYPE = Map.of(
            TestDatabase.class, given -> given.database.testDatabase(),
            DataSource.class, given -> given.database.testDatabase().dataSource(),
            Connection.class, given -> given.connection.get(),
            Pgai.class, given -> Pgai.on(given.database.testDatabase().dataSource()));

    private static final Map<Class<?>, Function<Given, Object>> KNOWN_BY_ANNOTATION = Map.of(
            String.class, given -> given.database.testDatabase().url(),
            URI.class, given -> URI.create(given.database.testDatabase().url()));

    private final HeldDatabase database;
    private final Supplier<Connection> connection;

    Given(HeldDatabase database, Supplier<Connection> connection) {
        this.database = database;
        this.connection = connection;
    }

    private static Given in(ExtensionContext context, HeldDatabase database) {
        return new Given(
                database,
                () -> context.getStore(NAMESPACE)
                        .getOrComputeIfAbsent(
                                connectionKey(context),
                                absent -> new HeldConnection(database.testDatabase()),
                                HeldConnection.class)
                        .connection());
    }

    static Given inTest(ExtensionContext test, Options options) {
        if (options.lifecycle() == DatabaseLifecycle.PER_TEST) {
            return in(test, held(test, testKey(test, options), options));
        }
        ExtensionContext around = test;
        while (around.getTestMethod().isPresent()) {
            around = around.getParent().orElseThrow();
        }
        return in(test, held(around, options, options));
    }

    static Given inClass(ExtensionContext testClass, Options options) {
        // A nested class finds what the class around it has.
        return in(testClass, held(testClass, options, options));
    }

    /** Stores show what is in those around them; an invocation must not see what another has. */
    static Object testKey(ExtensionContext test, Options options) {
        return List.of(options, test.getUniqueId());
    }

    static Object connectionKey(ExtensionContext context) {
        return List.of(HeldConnection.class, context.getUniqueId());
    }

    private static HeldDatabase held(ExtensionContext context, Object key, Options options) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(key, absent -> new HeldDatabase(context, options), HeldDatabase.class);
    }

    HeldDatabase database() {
        return database;
    }

    static boolean isKnownByType(Class<?> type) {
        return KNOWN_BY_TYPE.containsKey(type);
    }

    Object as(Class<?> type) {
        Function<Given, Object> value = KNOWN_BY_TYPE.getOrDefault(type, KNOWN_BY_ANNOTATION.get(type));
        if (value == null) {
            throw new PgaiException(type.getName() + " is no type for a database. There are TestDatabase,"
                    + " javax.sql.DataSource, java.sql.Connection, Pgai, and String or java.net.URI for the URL.");
        }
        return value.apply(this);
    }
}
