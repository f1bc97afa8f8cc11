package dev.pgai.benchmarks;

import dev.pgai.catalog.CatalogScript;
import dev.pgai.jdbc.CatalogInstaller;
import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.TestServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** What one JVM measures: the first argument says what, the second how many times. */
final class Measurement {

    static final String FIRST = "first";
    static final String TESTS = "tests";
    static final String TESTS_AT_ONCE = "tests-at-once";
    static final String FRESH_SERVER = "fresh-server";
    static final String INSTALL = "install";
    static final String CONTAINER = "container";
    static final String CONTAINER_IN_MEMORY = "container-in-memory";

    static final int AT_ONCE = 4;
    static final String IMAGE = "pgvector/pgvector:pg17";

    private static final String QUERY = "select count(*) from ai.vectorizer";

    private final Times times = new Times();
    private final int count;

    private Measurement(int count) {
        this.count = count;
    }

    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        Measurement measurement = new Measurement(Integer.parseInt(arguments[1]));
        switch (arguments[0]) {
            case FIRST -> measurement.first(start);
            case TESTS -> measurement.tests(1);
            case TESTS_AT_ONCE -> measurement.tests(AT_ONCE);
            case FRESH_SERVER -> measurement.freshServers(Path.of(System.getProperty(TestServer.DATA_KEY)));
            case INSTALL -> measurement.installs();
            case CONTAINER -> measurement.containers(false);
            case CONTAINER_IN_MEMORY -> measurement.containers(true);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        measurement.times.print();
    }

    private void first(long start) throws SQLException {
        use(TestDatabases.standard());
        times.addSince(FIRST, start);
        System.out.println("on " + TestDatabases.standard().describe());
    }

    /** The phases of each, and all of them together. */
    private void tests(int threads) throws Exception {
        TestDatabases databases = TestDatabases.standard();
        use(databases);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<TestDatabases>> work = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                work.add(() -> {
                    test(databases);
                    return databases;
                });
            }
            long start = System.nanoTime();
            for (Future<TestDatabases> done : executor.invokeAll(work)) {
                done.get();
            }
            times.addSince("all", start);
        } finally {
            executor.shutdown();
        }
    }

    private void test(TestDatabases databases) throws SQLException {
        long start = System.nanoTime();
        try (TestDatabase database = databases.create()) {
            times.addSince("create", start);
            long created = System.nanoTime();
            try (Connection connection = database.connection()) {
                times.addSince("connect", created);
                long connected = System.nanoTime();
                query(connection, QUERY);
                times.addSince("query", connected);
                times.addSince("test", start);
            }
        }
    }

    /** Of the embedded server as its library gives it, without pgvector and pgai. */
    private void freshServers(Path place) throws Exception {
        for (int i = 0; i <= count; i++) {
            Path data = Files.createTempDirectory(place, "fresh");
            long start = System.nanoTime();
            try (EmbeddedPostgres postgres =
                            EmbeddedPostgres.builder().setDataDirectory(data).start();
                    Connection connection = postgres.getPostgresDatabase().getConnection()) {
                query(connection, "select 1");
                // The first one unpacks binaries.
                if (i > 0) {
                    times.addSince(FRESH_SERVER, start);
                }
            }
        }
    }

    /** Of the catalog of a wheel, into a database that is empty, on the server that the testkit started. */
    private void installs() throws SQLException {
        CatalogScript script = CatalogScript.fromWheel(Path.of(Figures.wheel()));
        TestDatabases empty =
                TestDatabases.builder().catalog(TestCatalog.none()).build();
        use(TestDatabases.standard());
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            try (TestDatabase database = empty.create();
                    Connection connection = database.connection()) {
                install(connection, script);
                query(connection, QUERY);
                times.addSince(INSTALL, start);
            }
        }
    }

    /** A container for each test class, and the catalog of a wheel in it. */
    private void containers(boolean inMemory) throws SQLException {
        CatalogScript script = CatalogScript.fromWheel(Path.of(Figures.wheel()));
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            try (GenericContainer<?> container = container(inMemory)) {
                container.start();
                PGSimpleDataSource source = new PGSimpleDataSource();
                source.setUrl("jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(5432)
                        + "/postgres?user=postgres&password=secret");
                try (Connection connection = source.getConnection()) {
                    install(connection, script);
                    query(connection, QUERY);
                    times.addSince(CONTAINER, start);
                }
            }
        }
    }

    /** As the module for PostgreSQL of Testcontainers sets it up. */
    private static GenericContainer<?> container(boolean inMemory) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(IMAGE))
                .withExposedPorts(5432)
                .withEnv("POSTGRES_PASSWORD", "secret")
                .withCommand("postgres", "-c", "fsync=off")
                .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*\\s", 2));
        return inMemory ? container.withTmpFs(Map.of("/var/lib/postgresql/data", "rw")) : container;
    }

    private static void install(Connection connection, CatalogScript script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create extension vector");
        }
        CatalogInstaller.on(connection).install(script);
    }

    private static void use(TestDatabases databases) throws SQLException {
        try (TestDatabase database = databases.create();
                Connection connection = database.connection()) {
            query(connection, QUERY);
        }
    }

    private static void query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
        }
    }
}
