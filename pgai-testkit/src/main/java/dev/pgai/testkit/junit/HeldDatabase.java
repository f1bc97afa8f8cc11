package dev.pgai.testkit.junit;

import dev.pgai.testkit.TestDatabase;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of a test or a class. JUnit closes it when that has ended, after all callbacks, and after what was put
 * into the same store later.
 */
final class HeldDatabase implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HeldDatabase.class);

    /** What became of those that tests failed on: several may fail on that of one application. */
    private static final Map<TestDatabase, String> ENDS = Collections.synchronizedMap(new WeakHashMap<>());

    private final Options options;
    private final TestDatabase database;
    private final Runnable release;
    private final Set<Throwable> openBefore = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Throwable> reported = Collections.newSetFromMap(new IdentityHashMap<>());
    private ExtensionContext owner;
    private boolean openToTheEnd;

    HeldDatabase(ExtensionContext owner, Options options) {
        this.owner = owner;
        this.options = options;
        if (options.lifecycle() == DatabaseLifecycle.PER_CLASS) {
            ClassDatabase shared = ClassDatabase.ofClass(owner.getRequiredTestClass(), options);
            this.database = shared.testDatabase();
            this.release = shared::releaseOfClass;
            return;
        }
        Optional<TestDatabase> applications = ApplicationDatabases.find(owner);
        this.database = applications.orElseGet(options.databases()::create);
        this.release = applications.isPresent() ? () -> {} : database::close;
        openBefore.addAll(database.openConnections());
    }

    TestDatabase testDatabase() {
        return database;
    }

    /** Makes it that of a test, which was not there when it was asked for. */
    synchronized void heldBy(ExtensionContext test) {
        owner = test;
    }

    /** From now on nobody knows who holds it, and for how long. */
    synchronized void stayOpenToTheEnd() {
        openToTheEnd = true;
    }

    /** After a failure: the database stays, and the failure says on what it happened. */
    synchronized void failed(ExtensionContext context, Throwable failure) {
        if (!reported.add(failure)) {
            return;
        }
        String chosen = options.databases().describe();
        String end = ENDS.computeIfAbsent(database, failed -> failed.keep().orElse(failed.name() + " (not kept)"));
        failure.addSuppressed(new TestedOn(chosen + "; database: " + end));
        log.info("{} failed on {}; database: {}", context.getDisplayName(), chosen, end);
        context.publishReportEntry(Map.of("pgai.test.databases", chosen, "pgai.test.database", end));
    }

    /** JUnit counts what is thrown here as a failure of the test or the class. */
    @Override
    public synchronized void close() {
        List<Throwable> leaked = database.openConnections().stream()
                .filter(place -> !openBefore.contains(place))
                .toList();
        Failures.of(owner).ifPresent(failure -> failed(owner, failure));
        try {
            if (!leaked.isEmpty()) {
                report(leaked);
            }
        } finally {
            if (openToTheEnd) {
                OpenToTheEnd.add(database, release);
            } else {
                release.run();
            }
        }
    }

    private void report(List<Throwable> leaked) {
        String message = owner.getDisplayName() + " left " + leaked.size()
                + (leaked.size() == 1 ? " connection" : " connections") + " open to " + database.name();
        if (options.leakedConnections() == LeakedConnections.FAIL) {
            AssertionError failure = new AssertionError(message + ", opened where the suppressed exceptions say.");
            leaked.forEach(failure::addSuppressed);
            failed(owner, failure);
            throw failure;
        }
        leaked.forEach(place -> log.warn("{}", message, place));
    }
}
