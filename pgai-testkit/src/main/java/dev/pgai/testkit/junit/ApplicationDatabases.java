package dev.pgai.testkit.junit;

import dev.pgai.testkit.ApplicationDatabase;
import dev.pgai.testkit.TestDatabase;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The databases of applications that a framework starts for test classes with {@link PgaiTest}, and may keep for later
 * classes. Tests do not need this: it is for who teaches it to a framework, as package {@code dev.pgai.testkit.spring}
 * does to Spring. Two that are equal may be those of one and the same application.
 *
 * <p>With {@link DatabaseLifecycle#PER_CLASS} an application has the database of the class, and two classes are never
 * equal. Otherwise each application has a database of its own, and the tests of all classes that run on it are given
 * that one.
 */
public final class ApplicationDatabases {

    private static final Map<Class<?>, Function<ExtensionContext, Optional<TestDatabase>>> APPLICATIONS =
            new ConcurrentHashMap<>();

    private final Options options;
    private final @Nullable Class<?> owner;

    private ApplicationDatabases(Options options, @Nullable Class<?> owner) {
        this.options = options;
        this.owner = owner;
    }

    /**
     * Those of a test class that a framework starts an application for.
     *
     * @param testClass the class, which may be a nested one
     * @param application finds the database of the application that a test runs on, and starts the application where
     *     that was not done yet; empty where there is none
     * @return empty when neither the class nor what it inherits from or is in has {@link PgaiTest}
     */
    public static Optional<ApplicationDatabases> of(
            Class<?> testClass, Function<ExtensionContext, Optional<TestDatabase>> application) {
        Optional<Options> found = Options.find(testClass);
        found.ifPresent(options -> APPLICATIONS.put(testClass, application));
        return found.map(options -> new ApplicationDatabases(
                options, options.lifecycle() == DatabaseLifecycle.PER_CLASS ? owner(testClass, options) : null));
    }

    /** The outermost of the classes that share a database, as JUnit nests them. */
    private static Class<?> owner(Class<?> testClass, Options options) {
        Class<?> owner = testClass;
        for (Class<?> type = testClass; !Modifier.isStatic(type.getModifiers()); ) {
            type = type.getEnclosingClass();
            if (type == null || !Options.find(type).equals(Optional.of(options))) {
                break;
            }
            owner = type;
        }
        return owner;
    }

    /** The database of the application that a test runs on. */
    static Optional<TestDatabase> find(ExtensionContext context) {
        Function<ExtensionContext, Optional<TestDatabase>> application =
                APPLICATIONS.get(context.getRequiredTestClass());
        return application == null ? Optional.empty() : application.apply(context);
    }

    /**
     * Gives a database to one more application.
     *
     * @return the database, which stays until it is closed, or the JVM ends
     * @throws dev.pgai.PgaiException when there is no database to be had
     */
    public ApplicationDatabase open() {
        if (owner == null) {
            TestDatabase database = options.databases().create();
            return ApplicationDatabase.of(database, database::close);
        }
        ClassDatabase held = ClassDatabase.ofApplication(owner, options);
        return ApplicationDatabase.of(held.testDatabase(), held::releaseOfApplication);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ApplicationDatabases same
                && options.equals(same.options)
                && Objects.equals(owner, same.owner);
    }

    @Override
    public int hashCode() {
        return Objects.hash(options, owner);
    }
}
