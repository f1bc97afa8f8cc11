package dev.pgai.testkit.quarkus;

import dev.pgai.PgaiException;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.junit.PgaiDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The database of an application of Quarkus' under test: {@code @QuarkusTestResource(PgaiTestResource.class)} beside
 * {@code @QuarkusTest} or {@code @QuarkusIntegrationTest}. The application's default data source is on it. Fields of
 * type {@link TestDatabase} with {@link PgaiDatabase} are set in tests.
 *
 * <p>There is one database as long as the application runs, which Quarkus decides, and not one for each test. A
 * subclass has other contents ({@link #databases}), or names other data sources ({@link #settings}).
 */
public class PgaiTestResource implements QuarkusTestResourceLifecycleManager {

    private @Nullable TestDatabase database;

    /** Called by Quarkus. */
    public PgaiTestResource() {}

    /**
     * Says what is in the database, before the application starts. As it is, pgai alone.
     *
     * @return what makes the database
     */
    protected TestDatabases databases() {
        return TestDatabases.standard();
    }

    /**
     * Says what Quarkus is configured with. As it is, URL, user and password of the default data source.
     *
     * @param database was just made
     * @return settings of Quarkus'
     */
    protected Map<String, String> settings(TestDatabase database) {
        return Map.of(
                "quarkus.datasource.jdbc.url", database.url(),
                "quarkus.datasource.username", database.user(),
                "quarkus.datasource.password", database.password());
    }

    /**
     * Makes the database, for Quarkus.
     *
     * @return its {@link #settings}
     * @throws PgaiException when it cannot be made
     */
    @Override
    public final Map<String, String> start() {
        TestDatabase made = databases().create();
        database = made;
        return settings(made);
    }

    /**
     * Sets the fields of a test, for Quarkus.
     *
     * @param tests what sets them
     */
    @Override
    public final void inject(TestInjector tests) {
        tests.injectIntoFields(
                database, new TestInjector.AnnotatedAndMatchesType(PgaiDatabase.class, TestDatabase.class));
    }

    /** Drops the database, for Quarkus: after the application. */
    @Override
    public final void stop() {
        if (database != null) {
            database.close();
        }
    }
}
