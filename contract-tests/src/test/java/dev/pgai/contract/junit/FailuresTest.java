package dev.pgai.contract.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.junit.DatabaseLifecycle;
import dev.pgai.testkit.junit.LeakedConnections;
import dev.pgai.testkit.junit.NothingLeft;
import dev.pgai.testkit.junit.PgaiDatabase;
import dev.pgai.testkit.junit.PgaiTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** What tests that fail, or should, look like. The classes inside are run by hand. */
class FailuresTest {

    @ByHand
    @PgaiTest
    static class Failing {

        @Test
        void fails(DataSource dataSource) throws SQLException {
            Query.run(dataSource, "select 1/0");
        }
    }

    @Test
    void a_failure_says_what_it_happened_on() {
        EngineExecutionResults results = Runs.of(Failing.class);
        String chosen = TestDatabases.standard().describe();

        assertThat(Runs.failures(results)).singleElement().satisfies(failure -> {
            assertThat(failure).isInstanceOf(SQLException.class);
            assertThat(failure.getSuppressed())
                    .singleElement()
                    .satisfies(note -> assertThat(note.toString())
                            .startsWith("dev.pgai.testkit.junit.TestedOn: " + chosen + "; database: pgai_test_")
                            .endsWith(" (not kept)"));
        });
        Map<String, String> entries = results.testEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                .findFirst()
                .orElseThrow();
        assertThat(entries).containsEntry("pgai.test.databases", chosen).containsKey("pgai.test.database");
    }

    @ByHand
    @PgaiTest
    static class NotFailing {

        @Test
        void passes() {}

        @Test
        void is_aborted() {
            Assumptions.assumeTrue(false);
        }
    }

    @Test
    void other_tests_say_nothing() {
        EngineExecutionResults results = Runs.of(NotFailing.class);
        results.testEvents()
                .assertStatistics(stats -> stats.succeeded(1).aborted(1).reportingEntryPublished(0));
        assertThat(results.testEvents().aborted().stream()
                        .flatMap(
                                event -> event.getPayload(org.junit.platform.engine.TestExecutionResult.class).stream())
                        .flatMap(result -> result.getThrowable().stream())
                        .flatMap(thrown -> List.of(thrown.getSuppressed()).stream()))
                .isEmpty();
    }

    @ByHand
    @PgaiTest(leakedConnections = LeakedConnections.FAIL)
    static class Leaking {

        @PgaiDatabase
        Connection ofTheExtension;

        @Test
        void leaks(TestDatabase database) throws SQLException {
            connectAndForget(database.dataSource());
            connectAndForget(database.dataSource());
            database.connection().close();
        }

        @Test
        void closes(DataSource dataSource) throws SQLException {
            Query.run(dataSource, "select 1");
        }

        private static void connectAndForget(DataSource dataSource) throws SQLException {
            assertThat(dataSource.getConnection().isClosed()).isFalse();
        }
    }

    @Test
    void leaked_connections_are_named_by_their_place() {
        EngineExecutionResults results = Runs.of(Leaking.class);
        results.testEvents().assertStatistics(stats -> stats.succeeded(1).failed(1));
        assertThat(Runs.failures(results)).singleElement().satisfies(failure -> {
            assertThat(failure)
                    .hasMessageMatching("leaks\\(.*\\) left 2 connections open to pgai_test_\\w+, opened where.*");
            assertThat(failure.getSuppressed()).hasSize(3);
            for (int i = 0; i < 2; i++) {
                Throwable place = failure.getSuppressed()[i];
                assertThat(place).hasMessageContaining("was opened here, by thread ");
                assertThat(place.getStackTrace()[0].toString())
                        .contains("FailuresTest$Leaking.connectAndForget(FailuresTest.java:");
            }
            assertThat(failure.getSuppressed()[2].toString()).contains("TestedOn");
        });
    }

    @ByHand
    @PgaiTest(lifecycle = DatabaseLifecycle.PER_CLASS, leakedConnections = LeakedConnections.FAIL)
    static class LeakingInAClass extends Leaking {}

    @Test
    void in_a_class_the_class_fails() {
        EngineExecutionResults results = Runs.of(LeakingInAClass.class);
        results.testEvents().assertStatistics(stats -> stats.succeeded(2).failed(0));
        results.containerEvents().assertStatistics(stats -> stats.failed(1));
        assertThat(Runs.failures(results))
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasMessageMatching("FailuresTest\\$?LeakingInAClass left 2 connections open .*|"
                                + "LeakingInAClass left 2 connections open .*"));
    }

    @ByHand
    @PgaiTest
    static class LeakingUnheeded extends Leaking {}

    @Test
    void by_default_a_leak_is_a_warning() {
        try (Logged logged = Logged.of("dev.pgai.testkit.junit")) {
            EngineExecutionResults results = Runs.of(LeakingUnheeded.class);
            results.testEvents().assertStatistics(stats -> stats.succeeded(2).failed(0));
            assertThat(logged.warnings())
                    .hasSize(2)
                    .allMatch(warning -> warning.contains("left 2 connections open")
                            && warning.contains("FailuresTest$Leaking.connectAndForget("));
        }
    }

    @ByHand
    @PgaiTest(scripts = "classpath:junit/blog.sql", vectorizers = "classpath:junit/vectorizers.json")
    static class Leaving {

        @Test
        @NothingLeft
        void a_vectorizer(DataSource dataSource) throws SQLException {
            Query.run(
                    dataSource,
                    "select ai.create_vectorizer('public.blog', name => 'more', loading => ai.loading_column('content'),"
                            + " embedding => ai.embedding_openai('text-embedding-3-small', 64),"
                            + " destination => ai.destination_table('more'))");
        }

        @Test
        @NothingLeft
        void the_store(DataSource dataSource) throws SQLException {
            a_vectorizer(dataSource);
            Query.run(dataSource, "select ai.drop_vectorizer('more')");
        }

        @Test
        @NothingLeft
        void nothing(DataSource dataSource) throws SQLException {
            a_vectorizer(dataSource);
            Query.run(
                    dataSource,
                    "select ai.drop_vectorizer('more', drop_all => true)",
                    "create table mine (embedding vector(3), chunk text)");
        }

        @Test
        void what_it_likes(DataSource dataSource) throws SQLException {
            a_vectorizer(dataSource);
        }
    }

    @Test
    void what_is_left_of_pgai_is_named() {
        EngineExecutionResults results = Runs.of(Leaving.class);
        results.testEvents().assertStatistics(stats -> stats.succeeded(2).failed(2));
        assertThat(Runs.failures(results))
                .extracting(Throwable::getMessage)
                .containsExactlyInAnyOrder(
                        "a_vectorizer(DataSource) left behind of pgai: failed queue ai._vectorizer_q_failed_2,"
                                + " function ai._vectorizer_src_trg_2(), queue ai._vectorizer_q_2, store public.more_store,"
                                + " trigger _vectorizer_src_trg_2 on public.blog,"
                                + " trigger _vectorizer_src_trg_2_truncate on public.blog, vectorizer more, view public.more",
                        "the_store(DataSource) left behind of pgai: store public.more_store, view public.more");
    }

    @ByHand
    @NothingLeft
    @PgaiTest
    static class LeavingOrphans {

        @Test
        void without_a_vectorizer(DataSource dataSource) throws SQLException {
            Query.createVectorizer(
                    dataSource,
                    "destination => ai.destination_column('embedding'), chunking => ai.chunking_none(),"
                            + " queue_schema => 'public', queue_table => 'todo'");
            Query.run(dataSource, "delete from ai.vectorizer");
        }

        @Test
        void fails_anyway(DataSource dataSource) throws SQLException {
            Query.createVectorizer(dataSource, "destination => ai.destination_table('left')");
            throw new IllegalStateException("the failure that counts");
        }
    }

    @Test
    void what_no_vectorizer_owns_any_more_is_found_too() {
        assertThat(Runs.failures(Runs.of(LeavingOrphans.class)))
                .extracting(Throwable::getMessage)
                .containsExactlyInAnyOrder(
                        "without_a_vectorizer(DataSource) left behind of pgai: failed queue public._vectorizer_q_failed_1,"
                                + " function _vectorizer_src_trg_1(), queue public.todo,"
                                + " trigger _vectorizer_src_trg_1 on public.blog,"
                                + " trigger _vectorizer_src_trg_1_truncate on public.blog",
                        "the failure that counts");
    }

    @ByHand
    @PgaiTest
    @Execution(ExecutionMode.CONCURRENT)
    static class Parallel {

        static final List<String> USED = Collections.synchronizedList(new ArrayList<>());

        @PgaiDatabase
        TestDatabase database;

        @BeforeEach
        void isReady(DataSource dataSource) throws SQLException {
            Query.run(dataSource, "create table mine (i int)");
            USED.add(database.name());
        }

        @AfterEach
        void isMine(DataSource dataSource) throws SQLException {
            assertThat(Query.text(dataSource, "select current_database()")).isEqualTo(database.name());
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
        void runs(int i, Connection connection) throws SQLException {
            connection.createStatement().execute("insert into mine values (" + i + ")");
            assertThat(Query.text(connection, "select string_agg(i::text, ',') from mine"))
                    .isEqualTo("" + i);
        }
    }

    @Test
    void tests_that_run_at_the_same_time_have_their_own() {
        EngineExecutionResults results = Runs.inParallel(Parallel.class);
        assertThat(Runs.failures(results)).isEmpty();
        results.testEvents().assertStatistics(stats -> stats.succeeded(8));
        assertThat(Parallel.USED).hasSize(8).doesNotHaveDuplicates();
    }

    @ByHand
    @PgaiTest
    @Execution(ExecutionMode.CONCURRENT)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class ParallelInOneInstance {

        @PgaiDatabase
        TestDatabase database;

        @Test
        void runs() {}
    }

    @ByHand
    @PgaiTest
    static class StaticField {

        @PgaiDatabase
        static TestDatabase database;

        @Test
        void runs() {}
    }

    @ByHand
    @PgaiTest
    static class FinalField {

        @PgaiDatabase
        final String url = "";

        @Test
        void runs() {
            assertThat(url).isEmpty();
        }
    }

    @ByHand
    @PgaiTest
    static class FieldOfAnotherType {

        @PgaiDatabase
        int number;

        @Test
        void runs() {}
    }

    @ByHand
    @PgaiTest
    static class ParameterOfAnotherType {

        @Test
        void runs(@PgaiDatabase Integer number) {}
    }

    @ByHand
    @PgaiTest
    static class TooEarly {

        @BeforeAll
        static void asks(DataSource dataSource) {}

        @Test
        void runs() {}
    }

    @ByHand
    @PgaiTest(catalog = "nonsense")
    static class WrongChoice {

        @Test
        void runs() {}
    }

    @ByHand
    @PgaiTest(preparers = NoPreparer.class)
    static class WrongPreparer {

        @Test
        void runs() {}
    }

    abstract static class NoPreparer implements dev.pgai.testkit.DatabasePreparer {}

    @Test
    void misuse_is_explained() {
        assertThat(message(Runs.inParallel(ParallelInOneInstance.class)))
                .contains("database: tests that run at the same time share their instance", "Use a parameter");
        results(Runs.of(ParallelInOneInstance.class)).assertStatistics(stats -> stats.succeeded(1));
        assertThat(message(Runs.of(StaticField.class)))
                .contains("StaticField.database: a static field belongs to all tests", "lifecycle = PER_CLASS");
        assertThat(message(Runs.of(FinalField.class))).contains("FinalField.url: it is final. Remove 'final'.");
        assertThat(message(Runs.of(FieldOfAnotherType.class)))
                .contains("FieldOfAnotherType.number: int is no type for a database. There are TestDatabase,");
        assertThat(message(Runs.of(ParameterOfAnotherType.class)))
                .contains("@PgaiDatabase on java.lang.Integer", "java.lang.Integer is no type for a database.");
        assertThat(message(Runs.of(TooEarly.class)))
                .contains("There is no database yet for javax.sql.DataSource", "lifecycle = PER_CLASS");
        assertThat(message(Runs.of(WrongChoice.class)))
                .startsWith(
                        "@PgaiTest(catalog) = \"nonsense\" is refused: it is none of the choices. Allowed: standin, none,");
        assertThat(message(Runs.of(WrongPreparer.class)))
                .startsWith("@PgaiTest(preparers): cannot make a ")
                .endsWith("make it static if it is inside a class.");
    }

    private static org.junit.platform.testkit.engine.Events results(EngineExecutionResults results) {
        return results.testEvents();
    }

    private static String message(EngineExecutionResults results) {
        return String.valueOf(Runs.failures(results).get(0).getMessage());
    }
}
