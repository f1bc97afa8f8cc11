package dev.pgai.testkit.internal.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgai.PgaiException;
import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.TestServer;
import dev.pgai.testkit.TestVector;
import dev.pgai.testkit.fixture.Await;
import dev.pgai.testkit.fixture.Query;
import dev.pgai.testkit.internal.embedded.PlainServer;
import dev.pgai.testkit.internal.sql.Sql;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import java.util.concurrent.atomic.AtomicInteger;
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
    void a_role_that_may_create_databases_is_enough() throws Exception {
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
                        "PostgreSQL \\d+\\.\\d+ at localhost:\\d+, locale: \\w+:\\S+, vector: stand-in \\S+-standin \\(for tests only\\),.*");
        database.close();
        Await.that(() -> databasesOfTester("pgai_test_%").isEmpty());
    }

    @Test
    void many_at_once_share_one_template(@TempDir Path directory) throws Exception {
        String script = Files.writeString(directory.resolve("many.sql"), "create table many ()")
                .toString();
        databases().create().close();
        List<String> before = databasesOfTester("pgai_template_%");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<String>> work = Collections.nCopies(4, () -> {
                try (TestDatabase database = builder().script(script).build().create()) {
                    return database.name();
                }
            });
            for (Future<String> done : threads.invokeAll(work)) {
                assertThat(done.get()).startsWith("pgai_test_");
            }
        } finally {
            threads.shutdown();
        }
        assertThat(databasesOfTester("pgai_template_%"))
                .filteredOn(template -> !before.contains(template))
                .hasSize(1);
    }

    @Test
    void a_template_that_was_left_half_made_is_made_anew() throws Exception {
        databases().create().close();
        for (String template : databasesOfTester("pgai_template_%")) {
            run("alter database " + template + " with is_template false allow_connections true");
            // As the same role: a backend ends a moment after its connection, and only a superuser may end a
            // superuser's.
            try (Connection inTemplate = DriverManager.getConnection(url.replace(host.name(), template))) {
                Sql.execute(inTemplate, "drop schema if exists ai cascade");
            }
        }
        try (TestDatabase database = databases().create();
                Connection connection = database.connection()) {
            assertThat(Query.text(connection, "select to_regnamespace('ai')")).isEqualTo("ai");
        }
    }

    @Test
    void a_template_that_is_gone_is_made_anew() throws Exception {
        TestDatabases databases = databases();
        databases.create().close();
        for (String template : databasesOfTester("pgai_template_%")) {
            run("alter database " + template + " is_template false");
            run("drop database " + template);
        }
        try (TestDatabase database = databases.create();
                Connection connection = database.connection()) {
            assertThat(Query.text(connection, "select to_regnamespace('ai')")).isEqualTo("ai");
        }
    }

    @Test
    void a_template_that_was_left_half_made_and_is_not_wanted_again_is_dropped() throws Exception {
        String left = "pgai_template_0123456789abcdef";
        run("create database " + left + " owner tester");
        // Another URL is another server, which nobody has connected to.
        empty(TestServer.jdbc(url + "&tcpKeepAlive=true"), TestVector.AUTO).describe();
        Await.that(() -> !databasesOfTester("pgai_template_%").contains(left));
    }

    @Test
    void a_catalog_that_fails_leaves_nothing_and_is_not_tried_again(@TempDir Path directory) throws Exception {
        Path sql = Files.writeString(
                directory.resolve("ai.sql"), "select '__version__', '@extschema:vector@'; select nonsense();");
        TestDatabases databases = TestDatabases.builder()
                .server(TestServer.jdbc(url))
                .vector(TestVector.AUTO)
                .catalog(TestCatalog.sql(sql, "0.12.1"))
                .build();
        List<String> before = databasesOfTester("pgai_template_%");
        PgaiException first = catchThrowableOfType(PgaiException.class, databases::create);
        assertThat(first)
                .hasMessageContaining("Cannot prepare a template on PostgreSQL")
                .hasMessageContaining("nonsense()");
        assertThat(databasesOfTester("pgai_template_%")).isEqualTo(before);
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(databases::create)
                .withMessage(first.getMessage())
                .withCause(first);
    }

    @Test
    void the_real_vector_is_not_taken_for_the_standin() {
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(empty(TestServer.jdbc(url), TestVector.REAL)::create)
                .withMessageContaining("offers no pgvector, only the stand-in ")
                .withMessageContaining("Choose it by pgai.test.vector=auto");
    }

    @Test
    void a_server_that_does_not_answer_is_named() {
        TestDatabases databases = TestDatabases.builder()
                .server(TestServer.jdbc("jdbc:postgresql://localhost:1/db?user=me&password=secret"))
                .build();
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(databases::create)
                .withMessageStartingWith(
                        "Cannot connect to jdbc:postgresql://localhost:1/db?user=me&password=***: Connection to localhost:1 refused.")
                .withMessageEndingWith("Start that server, or choose another by pgai.test.server.");
    }

    /** As slow as it is to find out, it is found out once. */
    @Test
    void a_server_that_does_not_answer_is_asked_once() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AtomicInteger asked = new AtomicInteger();
            Thread thread = new Thread(() -> {
                try {
                    while (true) {
                        mute.accept().close();
                        asked.incrementAndGet();
                    }
                } catch (IOException e) {
                    // The test is over.
                }
            });
            thread.start();
            TestServer server =
                    TestServer.jdbc("jdbc:postgresql://127.0.0.1:" + mute.getLocalPort() + "/db?sslmode=disable");
            for (TestVector vector : TestVector.values()) {
                assertThatExceptionOfType(PgaiException.class)
                        .isThrownBy(empty(server, vector)::create)
                        .withMessageStartingWith("Cannot connect to jdbc:postgresql://127.0.0.1:")
                        .withRootCauseInstanceOf(IOException.class);
            }
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void without_our_files_a_server_has_its_own_vector_or_none(@TempDir Path directory) throws Exception {
        try (PlainServer plain = PlainServer.start(directory)) {
            TestServer server = TestServer.jdbc(plain.url());
            assertThatExceptionOfType(PgaiException.class)
                    .isThrownBy(empty(server, TestVector.AUTO)::create)
                    .withMessageMatching(
                            "PostgreSQL \\S+ at localhost:\\d+ offers no extension vector, and the stand-in"
                                    + " can be given to the embedded server only\\. Install pgvector there, or choose another"
                                    + " server: pgai\\.test\\.server=embedded\\.");

            plain.offerVector("0.8.1");
            assertThat(empty(server, TestVector.AUTO).describe()).contains(", vector: pgvector 0.8.1, catalog: none");
            assertThat(empty(server, TestVector.REAL).describe()).contains(", vector: pgvector 0.8.1, catalog: none");
            assertThatExceptionOfType(PgaiException.class)
                    .isThrownBy(empty(server, TestVector.STANDIN)::create)
                    .withMessageEndingWith(" offers pgvector 0.8.1, and the stand-in cannot be given to it. Choose"
                            + " pgai.test.vector=auto, or another server: pgai.test.server=embedded.");
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
        return builder().build();
    }

    private static TestDatabases.Builder builder() {
        return TestDatabases.builder()
                .server(TestServer.jdbc(url))
                .vector(TestVector.AUTO)
                .catalog(TestCatalog.standin());
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
