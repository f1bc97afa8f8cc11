package dev.pgai.contract.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.junit.DatabaseLifecycle;
import dev.pgai.testkit.junit.PgaiDatabase;
import dev.pgai.testkit.junit.PgaiTest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Classes that run several times, which JUnit has since 5.13. Those inside that fail are run by hand. */
class ClassTemplateTest {

    @Nested
    @PgaiTest
    @ParameterizedClass
    @ValueSource(strings = {"a", "b"})
    class EachTest {

        private static final List<String> USED = new ArrayList<>();

        @Parameter
        private @Nullable String argument;

        @PgaiDatabase
        private TestDatabase database;

        private final TestDatabase ofConstructor;

        EachTest(TestDatabase ofConstructor) {
            this.ofConstructor = ofConstructor;
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void has_its_own(int number, TestDatabase parameter) {
            assertThat(argument).isNotEmpty();
            assertThat(number).isPositive();
            assertThat(parameter).isSameAs(database).isSameAs(ofConstructor);
            USED.add(parameter.name());
        }

        @AfterAll
        static void have_been_several() {
            assertThat(USED).hasSizeGreaterThanOrEqualTo(4).doesNotHaveDuplicates();
        }
    }

    @Tag("by-hand")
    @PgaiTest(lifecycle = DatabaseLifecycle.PER_CLASS)
    @ParameterizedClass
    @ValueSource(strings = {"a", "b"})
    static class Failing {

        @Parameter
        private @Nullable String argument;

        @Test
        void fails() {
            throw new IllegalStateException("test " + argument);
        }
    }

    @Tag("by-hand")
    @PgaiTest(lifecycle = DatabaseLifecycle.PER_CLASS)
    @ParameterizedClass
    @ValueSource(strings = {"a", "b"})
    static class FailingBeforeAll {

        @Parameter
        private @Nullable String argument;

        @BeforeAll
        static void fails() {
            throw new IllegalStateException("before all");
        }

        @Test
        void runs() {
            assertThat(argument).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Failing.class, FailingBeforeAll.class})
    void a_failure_says_what_it_happened_on(Class<?> failing) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(failing))
                .execute();
        List<Throwable> failures = results.allEvents().failed().stream()
                .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .flatMap(result -> result.getThrowable().stream())
                .toList();
        assertThat(failures)
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure.getSuppressed())
                        .as("%s", failure)
                        .filteredOn(note -> note.toString().contains("TestedOn"))
                        .hasSize(1));
    }
}
