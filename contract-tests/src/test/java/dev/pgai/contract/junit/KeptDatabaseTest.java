package dev.pgai.contract.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.TestServer;
import dev.pgai.testkit.TestVector;
import dev.pgai.testkit.junit.DatabaseLifecycle;
import dev.pgai.testkit.junit.NothingLeft;
import dev.pgai.testkit.junit.PgaiDatabase;
import dev.pgai.testkit.junit.PgaiExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** The database of a failed test is there when all is over. On a server that stays, so that this JVM sees it, too. */
class KeptDatabaseTest {

    private static final Pattern KEPT =
            Pattern.compile("database: (jdbc:postgresql:\\S+/(pgai_test_\\w+)\\S*) \\(dropped when tests"
                    + " start there after 15 minutes, or by: drop database pgai_test_\\w+\\)");

    private static TestDatabase host;
    private static TestDatabases databases;

    @BeforeAll
    static void connect() {
        host = TestDatabases.builder().catalog(TestCatalog.none()).build().create();
        databases = TestDatabases.builder()
                .server(TestServer.jdbc(host.url()))
                .vector(TestVector.AUTO)
                .build();
    }

    @AfterAll
    static void close() {
        host.close();
    }

    @BeforeEach
    void keepTwo() {
        System.setProperty(TestDatabase.KEEP_KEY, "2");
    }

    @AfterEach
    void keepNone() {
        System.setProperty(TestDatabase.KEEP_KEY, "0");
    }

    @ByHand
    static class PerTest {

        @RegisterExtension
        static final PgaiExtension EXTENSION =
                PgaiExtension.builder().databases(databases).build();

        @Test
        void passes() {}

        @Test
        void fails(DataSource dataSource) throws SQLException {
            Query.run(dataSource, "create table evidence ()", "select 1/0");
        }
    }

    @ByHand
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class PerClass {

        @RegisterExtension
        static final PgaiExtension EXTENSION = PgaiExtension.builder()
                .databases(databases)
                .lifecycle(DatabaseLifecycle.PER_CLASS)
                .build();

        @PgaiDatabase
        private TestDatabase database;

        @Test
        @NothingLeft
        @Order(1)
        void fails() throws SQLException {
            Query.createVectorizer(database.dataSource(), "destination => ai.destination_table('evidence')");
        }

        @Test
        @Order(2)
        void passes_on_the_same() throws SQLException {
            assertThat(Query.text(database.dataSource(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void stays_for_looking_into() throws SQLException {
        Set<String> before = onServer();
        for (Class<?> failing : List.of(PerTest.class, PerClass.class)) {
            EngineExecutionResults results = Runs.of(failing);
            assertThat(Runs.failures(results)).singleElement().satisfies(failure -> {
                String note = failure.getSuppressed()[0].getMessage();
                Matcher kept = KEPT.matcher(note);
                assertThat(kept.find()).as(note).isTrue();
                assertThat(kept.group(1)).doesNotContain(host.password().isEmpty() ? "?secret" : host.password());
                String url = host.url().replace(host.name(), kept.group(2));
                try (Connection connection = DriverManager.getConnection(url)) {
                    assertThat(Query.text(connection, "select to_regclass('evidence')"))
                            .isEqualTo("evidence");
                }
                Query.run(host.dataSource(), "drop database " + kept.group(2));
            });
        }
        // No more than were asked for.
        for (Class<?> failing : List.of(PerTest.class, PerClass.class)) {
            assertThat(Runs.failures(Runs.of(failing)))
                    .singleElement()
                    .satisfies(failure ->
                            assertThat(failure.getSuppressed()[0].getMessage()).endsWith(" (not kept)"));
        }
        Set<String> left = onServer();
        left.removeAll(before);
        left.removeIf(name -> !name.startsWith("pgai_test_"));
        for (int attempt = 0; attempt < 500 && !left.isEmpty(); attempt++) {
            // Drops are in the background.
            left.retainAll(onServer());
        }
        assertThat(left).isEmpty();
    }

    private static Set<String> onServer() throws SQLException {
        return new TreeSet<>(List.of(Query.text(host.dataSource(), "select string_agg(datname, ',') from pg_database")
                .split(",")));
    }
}
