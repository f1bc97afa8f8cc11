package dev.pgai.contract.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.junit.DatabaseLifecycle;
import dev.pgai.testkit.junit.NothingLeft;
import dev.pgai.testkit.junit.PgaiDatabase;
import dev.pgai.testkit.junit.PgaiTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** Wherever JUnit lets a test or a class fail, it is said on which database. The classes inside are run by hand. */
class EveryFailureTest {

    private static IllegalStateException failure(String where) {
        return new IllegalStateException(where);
    }

    @ByHand
    @PgaiTest
    static class Dynamic {

        @TestFactory
        Stream<DynamicNode> fails(TestDatabase database) {
            return Stream.of(
                    dynamicTest("passes", () -> Query.run(database.dataSource(), "select 1")),
                    dynamicTest("fails", () -> {
                        throw failure("dynamic");
                    }),
                    dynamicTest("is aborted", () -> Assumptions.assumeTrue(false)),
                    dynamicContainer("inside", Stream.of(dynamicTest("fails, too", () -> {
                        throw failure("dynamic inside");
                    }))));
        }
    }

    @ByHand
    @PgaiTest
    static class DynamicThatLeaves {

        @TestFactory
        @NothingLeft
        Stream<DynamicNode> fails(DataSource dataSource) {
            return Stream.of(dynamicTest("fails", () -> {
                Query.createVectorizer(dataSource, "destination => ai.destination_table('left')");
                throw failure("the failure that counts");
            }));
        }
    }

    @ByHand
    @PgaiTest(lifecycle = DatabaseLifecycle.PER_CLASS)
    static class DynamicInAClass extends Dynamic {}

    @ByHand
    @PgaiTest
    static class Before {

        @BeforeEach
        void fails() {
            throw failure("before each");
        }

        @Test
        void runs() {}
    }

    @ByHand
    @PgaiTest
    static class After {

        @Test
        void runs() {}

        @AfterEach
        void fails() {
            throw failure("after each");
        }
    }

    @ByHand
    @PgaiTest
    @ExtendWith(AnotherExtension.class)
    static class AfterInAnotherExtension {

        @Test
        void runs() {}
    }

    static final class AnotherExtension implements AfterEachCallback {

        @Override
        public void afterEach(ExtensionContext context) {
            throw failure("another extension");
        }
    }

    @ByHand
    @PgaiTest(lifecycle = DatabaseLifecycle.PER_CLASS)
    static class BeforeAllTests {

        @BeforeAll
        static void fails() {
            throw failure("before all");
        }

        @Test
        void runs() {}
    }

    @ByHand
    @PgaiTest(lifecycle = DatabaseLifecycle.PER_CLASS)
    static class AfterAllTests {

        @Test
        void fails() {
            throw failure("a test before that");
        }

        @AfterAll
        static void failsAgain() {
            throw failure("after all");
        }
    }

    @ByHand
    @PgaiTest(lifecycle = DatabaseLifecycle.PER_CLASS)
    static class BeforeAllInside {

        @Nested
        class Inside {

            @BeforeAll
            static void fails() {
                throw failure("before all inside");
            }

            @Test
            void runs() {}
        }
    }

    @ByHand
    @PgaiTest
    static class InsideAndRepeated {

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void with_arguments(int i) {
            throw failure("arguments " + i);
        }

        @RepeatedTest(2)
        void again() {
            throw failure("again");
        }

        @Test
        @Timeout(1)
        void too_long() throws InterruptedException {
            Thread.sleep(10_000);
        }

        @Nested
        class Inside {

            @Test
            void fails() {
                throw failure("inside");
            }
        }
    }

    static List<Class<?>> classes() {
        return List.of(
                Dynamic.class,
                DynamicThatLeaves.class,
                DynamicInAClass.class,
                Before.class,
                After.class,
                AfterInAnotherExtension.class,
                BeforeAllTests.class,
                AfterAllTests.class,
                BeforeAllInside.class,
                InsideAndRepeated.class);
    }

    @ParameterizedTest
    @MethodSource("classes")
    void says_what_it_happened_on(Class<?> failing) {
        EngineExecutionResults results = Runs.of(failing);
        assertThat(Runs.failures(results))
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure.getSuppressed())
                        .as("%s", failure)
                        .filteredOn(note -> note.toString().contains("TestedOn"))
                        .singleElement()
                        .satisfies(note -> assertThat(note.getMessage())
                                .containsPattern("; database: pgai_test_\\w+ \\(not kept\\)")));
        assertThat(results.allEvents().reportingEntryPublished().count())
                .isEqualTo(Runs.failures(results).size());
    }

    @Test
    void a_dynamic_test_that_fails_is_the_only_failure() {
        assertThat(Runs.failures(Runs.of(Dynamic.class)))
                .extracting(Throwable::getMessage)
                .containsExactlyInAnyOrder("dynamic", "dynamic inside");
        assertThat(Runs.failures(Runs.of(DynamicThatLeaves.class)))
                .extracting(Throwable::getMessage)
                .containsExactly("the failure that counts");
    }

    @ByHand
    @PgaiTest(lifecycle = DatabaseLifecycle.PER_CLASS)
    static class WithAField {

        @PgaiDatabase
        static TestDatabase database;

        @Test
        void runs() throws SQLException {
            Query.run(database.dataSource(), "create table if not exists used ()");
        }
    }

    @ByHand
    @PgaiTest(lifecycle = DatabaseLifecycle.PER_CLASS)
    static class WithoutOne {

        private static @Nullable TestDatabase last;

        @Test
        void runs(TestDatabase database) {
            last = database;
        }
    }

    /** An application that the class has started may have it, and be kept for later classes and the end of the JVM. */
    @Test
    void a_database_that_a_class_gave_away_outlives_it() throws Exception {
        Runs.of(WithAField.class, WithoutOne.class);
        TestDatabase given = WithAField.database;
        assertThat(Query.text(given.dataSource(), "select to_regclass('used')")).isEqualTo("used");
        assertThat(isThereAfterAWhile(given, Objects.requireNonNull(WithoutOne.last)))
                .isFalse();
    }

    @Test
    void of_many_only_the_newest_stay_and_those_that_are_used() throws Exception {
        Runs.of(WithAField.class);
        TestDatabase oldest = WithAField.database;
        Runs.of(WithAField.class);
        TestDatabase used = WithAField.database;
        try (Connection pool = used.connection()) {
            for (int i = 0; i < 65; i++) {
                Runs.of(WithAField.class);
            }
            TestDatabase newest = WithAField.database;
            assertThat(isThereAfterAWhile(newest, oldest)).isFalse();
            assertThat(Query.text(pool, "select 1")).isEqualTo("1");
            assertThat(Query.text(newest.dataSource(), "select 1")).isEqualTo("1");
        }
    }

    /** Drops are in the background. */
    private static boolean isThereAfterAWhile(TestDatabase witness, TestDatabase database) throws Exception {
        String there = "select count(*) from pg_database where datname = '" + database.name() + "'";
        for (int attempt = 0; attempt < 200; attempt++) {
            if (Query.text(witness.dataSource(), there).equals("0")) {
                return false;
            }
            Thread.sleep(10);
        }
        return true;
    }
}
