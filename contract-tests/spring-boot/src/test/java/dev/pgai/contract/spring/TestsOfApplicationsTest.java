package dev.pgai.contract.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.junit.DatabaseLifecycle;
import dev.pgai.testkit.junit.PgaiDatabase;
import dev.pgai.testkit.junit.PgaiTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.MethodMode;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** {@code @PgaiTest} beside {@code @SpringBootTest}: what an application and the tests on it are given. */
class TestsOfApplicationsTest {

    private static final List<String> SEEN = new ArrayList<>();

    private static List<String> run(Class<?>... classes) {
        SEEN.clear();
        EngineTestKit.Builder builder = EngineTestKit.engine("junit-jupiter");
        for (Class<?> type : classes) {
            builder.selectors(selectClass(type));
        }
        EngineExecutionResults results = builder.execute();
        results.allEvents().assertStatistics(statistics -> statistics.failed(0));
        return List.copyOf(SEEN);
    }

    @Test
    void a_test_is_given_the_database_of_its_application() {
        assertThat(run(One.class)).hasSize(3);
        assertThat(SEEN).as("of one application").containsOnly(SEEN.get(0));
    }

    @Test
    void classes_that_share_an_application_share_its_database() {
        List<String> seen = run(One.class, Same.class, Other.class);

        assertThat(seen.subList(0, 4)).containsOnly(seen.get(0));
        assertThat(seen.get(4)).as("of another application").isNotEqualTo(seen.get(0));
    }

    @Test
    void with_a_database_for_each_class_there_is_an_application_for_each() {
        List<String> seen = run(Alone.class, AloneToo.class);

        assertThat(seen).hasSize(5);
        assertThat(seen.subList(0, 3)).as("a class and a nested one").containsOnly(seen.get(0));
        assertThat(seen.subList(3, 5)).as("the other class").containsOnly(seen.get(3));
        assertThat(seen.get(3)).isNotEqualTo(seen.get(0));
    }

    @Test
    void an_application_that_is_closed_takes_its_database_along() throws Exception {
        List<String> seen = run(Dirty.class);

        assertThat(seen).hasSize(2).doesNotHaveDuplicates();
        try (TestDatabase any = TestDatabases.standard().create();
                Connection connection = any.connection();
                Statement statement = connection.createStatement()) {
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            boolean isThere = true;
            while (isThere && System.nanoTime() < end) {
                try (ResultSet row = statement.executeQuery(
                        "select exists (select from pg_database where datname = '" + seen.get(0) + "')")) {
                    row.next();
                    isThere = row.getBoolean(1);
                }
            }
            assertThat(isThere).isFalse();
        }
    }

    @Test
    void properties_that_a_test_sets_from_a_static_field_go_on_working() {
        assertThat(run(ByProperty.class)).hasSize(1);
    }

    @Test
    void migrations_with_a_role_of_their_own_run_on_the_database_too() {
        assertThat(run(OwnRole.class)).hasSize(1);
    }

    /** Spring ends the applications that it keeps with the JVM, when everything else ends, too. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_an_application_asks_when_it_ends_is_answered_also_when_the_jvm_ends(
            boolean serverStays, @TempDir Path directory) throws Exception {
        Path log = directory.resolve("log");
        TestDatabase database = TestDatabases.standard().create();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        if (serverStays) {
            builder.environment().put("PGAI_TEST_SERVER", database.url());
        }
        Process process = builder.start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();

        String said = Files.readString(log);
        assertThat(ended).as(said).isTrue();
        assertThat(said).contains("ran 2 tests");
        assertThat(said.split(Slow.ANSWERED, -1)).as(said).hasSize(3);
        long millis = Long.parseLong(said.replaceAll("(?s).*exit at (\\d+)\\R.*", "$1"));
        assertThat(Files.getLastModifiedTime(log).toMillis() - millis).as(said).isLessThan(15_000);
    }

    static final class Main {

        private Main() {}

        public static void main(String[] arguments) {
            System.out.println("ran " + run(AtTheEnd.class, AtTheEndToo.class).size() + " tests");
            System.out.println("exit at " + System.currentTimeMillis());
            System.exit(0);
        }
    }

    private static void see(TestDatabase database, DataSource applications) {
        String applicationHas =
                new JdbcTemplate(applications).queryForObject("select current_database()", String.class);
        assertThat(applicationHas).isEqualTo(database.name());
        SEEN.add(database.name());
    }

    private static final String NO_MIGRATION = "spring.flyway.enabled=false";
    private static final String NO_CHANGELOG = "spring.liquibase.enabled=false";
    private static final String WRONG = "spring.datasource.url=jdbc:postgresql://localhost:1/nowhere";

    @PgaiTest
    @SpringBootTest(
            classes = Application.class,
            properties = {NO_MIGRATION, NO_CHANGELOG, WRONG})
    static class One {

        @PgaiDatabase
        TestDatabase field;

        final TestDatabase inConstructor;

        One(@PgaiDatabase TestDatabase inConstructor) {
            this.inConstructor = inConstructor;
        }

        @Test
        void it_is_there(TestDatabase database, @Autowired DataSource applications, @Autowired TestDatabase bean) {
            see(database, applications);
            assertThat(field).isSameAs(database).isSameAs(bean).isSameAs(inConstructor);
        }

        @Test
        void it_is_there_again(TestDatabase database, @Autowired DataSource applications) {
            see(database, applications);
        }

        @Nested
        class Inside {

            @Test
            void a_nested_one(Pgai pgai, @Autowired Pgai applications, TestDatabase database) {
                assertThat(pgai).isNotSameAs(applications);
                SEEN.add(database.name());
            }
        }
    }

    @PgaiTest
    @SpringBootTest(
            classes = Application.class,
            properties = {NO_MIGRATION, NO_CHANGELOG, WRONG})
    static class Same {

        @Test
        void it_is_there(TestDatabase database, @Autowired DataSource applications) {
            see(database, applications);
        }
    }

    @PgaiTest
    @SpringBootTest(
            classes = Application.class,
            properties = {NO_MIGRATION, NO_CHANGELOG, "other=true"})
    static class Other {

        @Test
        void it_is_there(TestDatabase database, @Autowired DataSource applications) {
            see(database, applications);
        }
    }

    @PgaiTest(lifecycle = DatabaseLifecycle.PER_CLASS)
    @SpringBootTest(
            classes = Application.class,
            properties = {NO_MIGRATION, NO_CHANGELOG})
    static class Alone {

        @Test
        void it_is_there(TestDatabase database, @Autowired DataSource applications) {
            see(database, applications);
        }

        @Test
        void it_is_there_again(TestDatabase database, @Autowired DataSource applications) {
            see(database, applications);
        }

        @Nested
        class Inside {

            @Test
            void a_nested_one(TestDatabase database, @Autowired DataSource applications) {
                see(database, applications);
            }
        }
    }

    @PgaiTest(lifecycle = DatabaseLifecycle.PER_CLASS)
    @SpringBootTest(
            classes = Application.class,
            properties = {NO_MIGRATION, NO_CHANGELOG})
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class AloneToo {

        @Test
        void it_is_there(TestDatabase database, @Autowired DataSource applications) {
            see(database, applications);
        }

        @Test
        void it_is_there_again(TestDatabase database, @Autowired DataSource applications) {
            see(database, applications);
        }
    }

    @PgaiTest
    @SpringBootTest(
            classes = Application.class,
            properties = {NO_MIGRATION, NO_CHANGELOG, "dirty=true"})
    static class Dirty {

        @Test
        @DirtiesContext(methodMode = MethodMode.AFTER_METHOD)
        void it_is_there(TestDatabase database, @Autowired DataSource applications) {
            see(database, applications);
        }

        @Test
        @DirtiesContext(methodMode = MethodMode.AFTER_METHOD)
        void it_is_there_again(TestDatabase database, @Autowired DataSource applications) {
            see(database, applications);
        }
    }

    @PgaiTest(lifecycle = DatabaseLifecycle.PER_CLASS)
    @SpringBootTest(
            classes = Application.class,
            properties = {NO_MIGRATION, NO_CHANGELOG})
    static class ByProperty {

        @PgaiDatabase
        static String url;

        @DynamicPropertySource
        static void database(DynamicPropertyRegistry registry) {
            registry.add("spring.datasource.url", () -> url);
        }

        @Test
        void it_is_there(TestDatabase database, @Autowired DataSource applications) {
            see(database, applications);
        }
    }

    @PgaiTest
    @SpringBootTest(
            classes = Application.class,
            properties = {
                NO_CHANGELOG,
                WRONG,
                "spring.flyway.url=jdbc:postgresql://localhost:1/nowhere",
                "spring.flyway.user=owner",
                "spring.flyway.locations=classpath:db/blog",
                "spring.flyway.baseline-on-migrate=true",
                "spring.flyway.baseline-version=0"
            })
    static class OwnRole {

        @Test
        void it_is_there(TestDatabase database, @Autowired DataSource applications) {
            see(database, applications);
            new JdbcTemplate(applications).execute("select title from blog");
        }
    }

    @PgaiTest
    @SpringBootTest(
            classes = {Application.class, Slow.class},
            properties = {NO_MIGRATION, NO_CHANGELOG})
    static class AtTheEnd {

        @Test
        void it_is_there(TestDatabase database, @Autowired DataSource applications) {
            see(database, applications);
        }
    }

    @PgaiTest(lifecycle = DatabaseLifecycle.PER_CLASS)
    @SpringBootTest(
            classes = {Application.class, Slow.class},
            properties = {NO_MIGRATION, NO_CHANGELOG})
    static class AtTheEndToo {

        @Test
        void it_is_there(TestDatabase database, @Autowired DataSource applications) {
            see(database, applications);
        }
    }

    /** Asks the database when its application ends, after something else. */
    static class Slow implements DisposableBean {

        static final String ANSWERED = "the last question was answered";

        private final JdbcTemplate jdbc;

        Slow(DataSource dataSource) {
            this.jdbc = new JdbcTemplate(dataSource);
        }

        @Override
        public void destroy() throws InterruptedException {
            Thread.sleep(1_500);
            jdbc.execute("select 1");
            System.out.println(ANSWERED);
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}
}
