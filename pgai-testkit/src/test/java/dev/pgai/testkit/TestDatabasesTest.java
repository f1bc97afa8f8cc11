package dev.pgai.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pgai.PgaiException;
import dev.pgai.testkit.fixture.Await;
import dev.pgai.testkit.fixture.Query;
import dev.pgai.testkit.internal.sql.Sql;
import dev.pgai.testkit.internal.standin.CatalogStandin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;

class TestDatabasesTest {

    private static final TestDatabases DATABASES = builder().build();
    private static final TestDatabases EMPTY =
            builder().catalog(TestCatalog.none()).build();

    /** All choices in code, whatever the build's properties say. */
    private static TestDatabases.Builder builder() {
        return TestDatabases.builder()
                .server(TestServer.embedded())
                .vector(TestVector.STANDIN)
                .catalog(TestCatalog.standin());
    }

    @Test
    void a_database_has_the_standins() throws Exception {
        try (TestDatabase database = DATABASES.create();
                Connection connection = database.connection()) {
            assertThat(Query.text(connection, "select extversion from pg_extension where extname = 'vector'"))
                    .endsWith("-standin");
            assertThat(Query.text(connection, "select version from ai.pgai_lib_version where name = 'ai'"))
                    .isEqualTo("standin-" + CatalogStandin.RELEASE);
        }
    }

    @Test
    void an_empty_database_takes_the_standin_for_vector() throws Exception {
        try (TestDatabase database = EMPTY.create();
                Connection connection = database.connection()) {
            assertThat(Query.text(connection, "select count(*) from pg_namespace where nspname = 'ai'"))
                    .isEqualTo("0");
            assertThat(Query.text(connection, "select count(*) from pg_extension where extname = 'vector'"))
                    .isEqualTo("0");
            Sql.execute(connection, "create extension if not exists vector");
            Sql.execute(connection, "create extension if not exists vector");
            assertThat(Query.text(connection, "select '[1,2,3]'::vector(3)")).isEqualTo("[1,2,3]");
        }
    }

    @Test
    void clones_know_nothing_of_each_other() throws Exception {
        try (TestDatabase one = EMPTY.create();
                TestDatabase other = EMPTY.create();
                Connection inOne = one.connection();
                Connection inOther = other.connection()) {
            Sql.execute(inOne, "create table t (i int)");
            assertThat(Query.text(inOne, "select to_regclass('t')")).isEqualTo("t");
            assertThat(Query.text(inOther, "select to_regclass('t')")).isNull();
        }
    }

    @Test
    void many_threads_get_many_databases() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> work = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                work.add(() -> {
                    try (TestDatabase database = DATABASES.create();
                            Connection connection = database.connection()) {
                        return Query.text(connection, "select current_database()");
                    }
                });
            }
            Set<String> names = new HashSet<>();
            for (Future<String> done : threads.invokeAll(work)) {
                names.add(done.get());
            }
            assertThat(names).hasSize(24);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void closing_drops_the_database_and_ends_its_connections() throws Exception {
        TestDatabase database = EMPTY.create();
        try (TestDatabase witness = EMPTY.create();
                Connection elsewhere = witness.connection();
                Connection leaked = database.connection()) {
            String exists = "select count(*) from pg_database where datname = '" + database.name() + "'";
            assertThat(Query.text(elsewhere, exists)).isEqualTo("1");
            database.close();
            database.close();
            Await.that(() -> "0".equals(Query.text(elsewhere, exists)));
            assertThatThrownBy(() -> Query.text(leaked, "select 1")).isInstanceOf(SQLException.class);
            assertThatThrownBy(database::connection).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void the_database_tells_how_to_reach_it() throws Exception {
        try (TestDatabase database = EMPTY.create()) {
            try (Connection connection = DriverManager.getConnection(database.url())) {
                assertThat(connection.getCatalog()).isEqualTo(database.name());
            }
            PGSimpleDataSource source = database.dataSource();
            try (Connection connection = source.getConnection(database.user(), database.password())) {
                assertThat(connection.getCatalog()).isEqualTo(database.name());
            }
            assertThatThrownBy(() -> source.getConnection(database.user(), "wrong"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
            assertThat(database.host()).isEqualTo("localhost");
            try (Connection connection = DriverManager.getConnection(
                    "jdbc:postgresql://" + database.host() + ":" + database.port() + "/" + database.name(),
                    database.user(),
                    database.password())) {
                assertThat(connection.getCatalog()).isEqualTo(database.name());
            }
            assertThat(database.toString()).contains(database.name()).doesNotContain(database.password());
        }
    }

    @Test
    void the_server_is_set_up_as_promised() throws Exception {
        try (TestDatabase database = EMPTY.create();
                Connection connection = database.connection()) {
            assertThat(Query.text(connection, "show listen_addresses")).isIn("127.0.0.1,::1", "127.0.0.1", "::1");
            assertThat(Query.text(connection, "show unix_socket_directories")).isEmpty();
            assertThat(Query.text(connection, "show dynamic_shared_memory_type"))
                    .isEqualTo("mmap");
            assertThat(Query.text(connection, "show fsync")).isEqualTo("off");
            assertThat(Query.text(connection, "show synchronous_commit")).isEqualTo("off");
            assertThat(Query.text(connection, "show full_page_writes")).isEqualTo("off");
            assertThat(Query.text(connection, "show server_encoding")).isEqualTo("UTF8");
            assertThat(Query.text(connection, "select datcollate from pg_database where datname = current_database()"))
                    .isEqualTo("C");
            // The driver sets the JVM's time zone in each session; this is what other clients get.
            assertThat(Query.text(connection, "select pg_read_file('postmaster.opts')"))
                    .contains("timezone=UTC");
        }
    }

    /** As a timeout of a test does it. */
    @Test
    void an_interrupt_is_no_failure_to_remember() throws Exception {
        TestDatabases databases = builder().preparer(new Sleeping()).build();
        for (int i = 0; i < 2; i++) {
            Thread waiting = Thread.currentThread();
            Thread timeout = new Thread(() -> {
                Sleeping.awaitStart();
                waiting.interrupt();
            });
            timeout.start();
            assertThatThrownBy(databases::create).hasMessageContaining("sleep interrupted");
            assertThat(Thread.interrupted()).isTrue();
            timeout.join();
        }
        Sleeping.wakeUp();
        databases.create().close();
    }

    private static final class Sleeping implements DatabasePreparer {

        private static final Semaphore STARTED = new Semaphore(0);
        private static volatile boolean sleepy = true;

        static void awaitStart() {
            STARTED.acquireUninterruptibly();
        }

        static void wakeUp() {
            sleepy = false;
        }

        @Override
        public String key() {
            return "sleeping";
        }

        @Override
        public void prepare(DataSource dataSource) throws Exception {
            STARTED.release();
            if (sleepy) {
                Thread.sleep(60_000);
            }
        }
    }

    @Test
    void whoever_is_interrupted_already_may_ask_again(@TempDir Path directory) throws Exception {
        Path script = Files.writeString(directory.resolve("again.sql"), "create table again ()");
        TestDatabases databases = builder().script(script.toString()).build();
        Thread.currentThread().interrupt();
        assertThatThrownBy(databases::create).isInstanceOf(PgaiException.class);
        assertThat(Thread.interrupted()).isTrue();
        databases.create().close();
    }

    @Test
    void template1_stays_as_it_was() throws Exception {
        try (TestDatabase database = DATABASES.create()) {
            String url = database.url().replace(database.name(), "template1");
            try (Connection connection = DriverManager.getConnection(url)) {
                assertThat(Query.text(connection, "select string_agg(extname, ',') from pg_extension"))
                        .isEqualTo("plpgsql");
                assertThat(Query.text(connection, "select to_regnamespace('ai')"))
                        .isNull();
            }
        }
    }

    @Test
    void what_is_in_use_is_said_once() {
        ListAppender<ILoggingEvent> seen = new ListAppender<>();
        seen.start();
        Logger logger = (Logger) LoggerFactory.getLogger(TestDatabases.class);
        logger.addAppender(seen);
        try {
            TestDatabases databases = builder().build();
            databases.create().close();
            databases.create().close();
            assertThat(databases.describe())
                    .matches(
                            "PostgreSQL \\d+\\.\\d+ embedded, locale: (builtin|icu):\\S+, vector: stand-in \\S+-standin \\(for tests only\\),"
                                    + " catalog: stand-in for pgai 0\\.12\\.1 \\(for tests only\\)");
            assertThat(seen.list)
                    .filteredOn(event -> event.getLevel().toString().equals("INFO"))
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly("Test databases: " + databases.describe());
        } finally {
            logger.detachAppender(seen);
        }
    }
}
