package dev.pgai.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server that somebody else runs is, here, the embedded one: it has the stand-in for vector. */
class JdbcServerTest {

    private static TestDatabase host;
    private static String url;

    @BeforeAll
    static void makeARoleThatIsNoSuperuser() throws Exception {
        host = TestDatabases.builder()
                .server(TestServer.embedded())
                .vector(TestVector.AUTO)
                .catalog(TestCatalog.none())
                .build()
                .create();
        run("create role tester login createdb password 'a&b c'");
        url = host.url().replaceFirst("\\?.*", "?user=tester&password=a%26b%20c");
    }

    @AfterAll
    static void dropTheRole() throws Exception {
        Await.that(() -> databasesOfTester("pgai_test_%").isEmpty());
        for (String database : databasesOfTester("%")) {
            run("alter database " + database + " is_template false");
            run("drop database " + database);
        }
        run("drop role tester");
        host.close();
    }

    @Test
    void aRoleThatMayCreateDatabasesIsEnough() throws Exception {
        TestDatabases databases = databases();
        TestDatabase database = databases.create();
        try (Connection connection = DriverManager.getConnection(database.url())) {
            assertThat(Query.text(connection, "select current_user")).isEqualTo("tester");
            assertThat(Query.text(connection, "select count(*) from ai.vectorizer"))
                    .isEqualTo("0");
        }
        assertThat(database.user()).isEqualTo("tester");
        assertThat(database.password()).isEqualTo("a&b c");
        assertThat(databases.describe())
                .matches(
                        "PostgreSQL \\d+\\.\\d+ at localhost:\\d+, vector: stand-in \\S+-standin \\(for tests only\\),.*");
        database.close();
        Await.that(() -> databasesOfTester("pgai_test_%").isEmpty());
    }

    @Test
    void manyAtOnceShareOneTemplate() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<String>> work = Collections.nCopies(4, () -> {
                try (TestDatabase database = databases().create()) {
                    return database.name();
                }
            });
            for (Future<String> done : threads.invokeAll(work)) {
                assertThat(done.get()).startsWith("pgai_test_");
            }
        } finally {
            threads.shutdown();
        }
        assertThat(databasesOfTester("pgai_template_%")).hasSize(1);
    }

    @Test
    void aTemplateThatWasLeftHalfMadeIsMadeAnew() throws Exception {
        databases().create().close();
        String template = databasesOfTester("pgai_template_%").get(0);
        run("alter database " + template + " with is_template false allow_connections true");
        // As the same role: a backend ends a moment after its connection, and only a superuser may end a superuser's.
        try (Connection inTemplate = DriverManager.getConnection(url.replace(host.name(), template))) {
            Sql.execute(inTemplate, "drop schema ai cascade");
        }
        try (TestDatabase database = databases().create();
                Connection connection = database.connection()) {
            assertThat(Query.text(connection, "select to_regnamespace('ai')")).isEqualTo("ai");
        }
    }

    @Test
    void aTemplateThatIsGoneIsMadeAnew() throws Exception {
        TestDatabases databases = databases();
        databases.create().close();
        String template = databasesOfTester("pgai_template_%").get(0);
        run("alter database " + template + " is_template false");
        run("drop database " + template);
        try (TestDatabase database = databases.create();
                Connection connection = database.connection()) {
            assertThat(Query.text(connection, "select to_regnamespace('ai')")).isEqualTo("ai");
        }
    }

    @Test
    void aTemplateThatWasLeftHalfMadeAndIsNotWantedAgainIsDropped() throws Exception {
        String left = "pgai_template_0123456789abcdef";
        run("create database " + left + " owner tester");
        // Another URL is another server, which nobody has connected to.
        empty(TestServer.jdbc(url + "&tcpKeepAlive=true"), TestVector.AUTO).describe();
        Await.that(() -> !databasesOfTester("pgai_template_%").contains(left));
    }

    @Test
    void aCatalogThatFailsLeavesNothingAndIsNotTriedAgain(@TempDir Path directory) throws Exception {
        Path sql = Files.writeString(
                directory.resolve("ai.sql"), "select '__version__', '@extschema:vector@'; select nonsense();");
        TestDatabases databases = TestDatabases.builder()
                .server(TestServer.jdbc(url))
                .vector(TestVector.AUTO)
                .catalog(TestCatalog.sql(sql, "0.12.1"))
                .build();
        List<String> before = databasesOfTester("pgai_template_%");
        TestkitException first = catchThrowableOfType(TestkitException.class, databases::create);
        assertThat(first)
                .hasMessageContaining("Cannot prepare a template on PostgreSQL")
                .hasMessageContaining("nonsense()");
        assertThat(databasesOfTester("pgai_template_%")).isEqualTo(before);
        assertThatExceptionOfType(TestkitException.class)
                .isThrownBy(databases::create)
                .withMessage(first.getMessage())
                .withCause(first);
    }

    @Test
    void theRealVectorIsNotTakenForTheStandin() {
        assertThatExceptionOfType(TestkitException.class)
                .isThrownBy(empty(TestServer.jdbc(url), TestVector.REAL)::create)
                .withMessageContaining("offers no pgvector, only the stand-in ")
                .withMessageContaining("Choose it by pgai.test.vector=auto");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() {
        TestDatabases databases = TestDatabases.builder()
                .server(TestServer.jdbc("jdbc:postgresql://localhost:1/db?user=me&password=secret"))
                .build();
        assertThatExceptionOfType(TestkitException.class)
                .isThrownBy(databases::create)
                .withMessageStartingWith(
                        "Cannot connect to jdbc:postgresql://localhost:1/db?user=me&password=***: Connection to localhost:1 refused.")
                .withMessageEndingWith("Start that server, or choose another by pgai.test.server.");
    }

    @Test
    void withoutOurFilesAServerHasItsOwnVectorOrNone(@TempDir Path directory) throws Exception {
        try (EmbeddedPostgres plain = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.toFile())
                .start()) {
            TestServer server = TestServer.jdbc(plain.getJdbcUrl("postgres", "postgres"));
            assertThatExceptionOfType(TestkitException.class)
                    .isThrownBy(empty(server, TestVector.AUTO)::create)
                    .withMessageMatching(
                            "PostgreSQL \\S+ at localhost:\\d+ offers no extension vector, and the stand-in"
                                    + " can be given to the embedded server only\\. Install pgvector there, or choose another"
                                    + " server: pgai\\.test\\.server=embedded\\.");

            offerVector(directory, "0.8.1");
            assertThat(empty(server, TestVector.AUTO).describe()).contains(", vector: pgvector 0.8.1, catalog: none");
            assertThat(empty(server, TestVector.REAL).describe()).contains(", vector: pgvector 0.8.1, catalog: none");
            assertThatExceptionOfType(TestkitException.class)
                    .isThrownBy(empty(server, TestVector.STANDIN)::create)
                    .withMessageEndingWith(" offers pgvector 0.8.1, and the stand-in cannot be given to it. Choose"
                            + " pgai.test.vector=auto, or another server: pgai.test.server=embedded.");
        }
    }

    /** All that PostgreSQL needs to list an extension. */
    private static void offerVector(Path postgres, String version) throws IOException {
        try (Stream<Path> files = Files.walk(postgres)) {
            Path control = files.filter(file -> file.endsWith("plpgsql.control"))
                    .findFirst()
                    .orElseThrow()
                    .resolveSibling("vector.control");
            Files.writeString(control, "default_version = '" + version + "'");
        }
    }

    private static TestDatabases empty(TestServer server, TestVector vector) {
        return TestDatabases.builder()
                .server(server)
                .vector(vector)
                .catalog(TestCatalog.none())
                .build();
    }

    private static TestDatabases databases() {
        return TestDatabases.builder()
                .server(TestServer.jdbc(url))
                .vector(TestVector.AUTO)
                .catalog(TestCatalog.standin())
                .build();
    }

    private static List<String> databasesOfTester(String pattern) throws SQLException {
        try (Connection connection = host.connection()) {
            String names = Query.text(
                    connection,
                    "select string_agg(datname, ',') from pg_database where datdba = 'tester'::regrole and datname like '"
                            + pattern + "'");
            return names == null ? List.of() : List.of(names.split(","));
        }
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = host.connection()) {
            Sql.execute(connection, sql);
        }
    }
}
