package dev.pgai.testkit.junit;

import dev.pgai.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of a test or a class. JUnit closes it when that has ended, after all callbacks, and after what was put
 * into the same store later.
 */
final class HeldDatabase implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HeldDatabase.class);

    private final ExtensionContext owner;
    private final Options options;
    private final TestDatabase database;
    private @Nullable String end;

    HeldDatabase(ExtensionContext owner, Options options) {
        this.owner = owner;
        this.options = options;
        this.database = options.databases().create();
    }

    TestDatabase testDatabase() {
        return database;
    }

    /** After a failure: the database stays, and the failure says on what it happened. */
    synchronized void failed(ExtensionContext context, Throwable failure) {
        String chosen = options.databases().describe();
        if (end == null) {
            Optional<String> kept = database.keep();
            end = kept.orElse(database.name() + " (not kept)");
        }
        failure.addSuppressed(new TestedOn(chosen + "; database: " + end));
        log.info("{} failed on {}; database: {}", context.getDisplayName(), chosen, end);
        context.publishReportEntry(Map.of("pgai.test.databases", chosen, "pgai.test.database", end));
    }

    /** JUnit counts what is thrown here as a failure of the test or the class. */
    @Override
    public synchronized void close() {
        List<Throwable> leaked = database.openConnections();
        Failures.of(owner).filter(failure -> end == null).ifPresent(failure -> failed(owner, failure));
        try {
            if (!leaked.isEmpty()) {
                report(leaked);
            }
        } finally {
            database.close();
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
