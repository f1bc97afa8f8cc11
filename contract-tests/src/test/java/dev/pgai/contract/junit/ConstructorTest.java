package dev.pgai.contract.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.junit.DatabaseLifecycle;
import dev.pgai.testkit.junit.LeakedConnections;
import dev.pgai.testkit.junit.PgaiDatabase;
import dev.pgai.testkit.junit.PgaiTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A constructor gets the database of the test that its instance is made for. */
@PgaiTest(leakedConnections = LeakedConnections.FAIL)
class ConstructorTest {

    private static final List<String> USED = new ArrayList<>();

    private final TestDatabase database;
    private final Connection connection;
    private final String url;

    ConstructorTest(TestDatabase database, Connection connection, @PgaiDatabase String url) throws SQLException {
        this.database = database;
        this.connection = connection;
        this.url = url;
        USED.add(database.name());
        connection.createStatement().execute("create table made_in_the_constructor ()");
    }

    @BeforeEach
    void is_that_of_the_test(TestDatabase ofTest, Connection sameConnection) throws SQLException {
        assertThat(ofTest).isSameAs(database);
        assertThat(sameConnection).isSameAs(connection);
        assertThat(url).isEqualTo(database.url());
        assertThat(Query.text(connection, "select to_regclass('made_in_the_constructor')"))
                .isEqualTo("made_in_the_constructor");
    }

    @AfterAll
    static void each_had_its_own() {
        assertThat(USED).hasSize(10).doesNotHaveDuplicates();
    }

    @RepeatedTest(3)
    void repetitions_have_their_own(DataSource dataSource) throws SQLException {
        assertThat(Query.text(dataSource, "select current_database()")).isEqualTo(database.name());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void so_have_invocations(int argument) {
        assertThat(argument).isPositive();
    }

    @Nested
    class Inside {

        private final TestDatabase same;

        Inside(TestDatabase same) {
            this.same = same;
        }

        @RepeatedTest(2)
        void has_that_of_the_instance_around(TestDatabase ofTest) {
            assertThat(same).isSameAs(database).isSameAs(ofTest);
        }
    }

    @ByHand
    @PgaiTest
    static class Failing {

        private static final List<TestDatabase> ASKED = Collections.synchronizedList(new ArrayList<>());
        private static int made;

        private final TestDatabase mine;

        Failing(TestDatabase mine) {
            this.mine = mine;
            ASKED.add(mine);
            made++;
            if (made == 1) {
                throw new IllegalStateException("the first");
            }
        }

        @RepeatedTest(3)
        void runs(TestDatabase ofTest) {
            assertThat(mine).isSameAs(ofTest);
        }
    }

    @Test
    void a_constructor_that_fails_keeps_nothing_for_the_next() {
        Runs.of(Failing.class)
                .testEvents()
                .assertStatistics(stats -> stats.succeeded(2).failed(1));
        assertThat(Failing.ASKED).extracting(TestDatabase::name).hasSize(3).doesNotHaveDuplicates();
    }

    @ByHand
    @PgaiTest
    @Execution(ExecutionMode.CONCURRENT)
    static class Parallel {

        private final TestDatabase mine;

        Parallel(TestDatabase mine) {
            this.mine = mine;
        }

        @RepeatedTest(12)
        void runs(TestDatabase ofTest) {
            assertThat(mine).isSameAs(ofTest);
        }
    }

    @Test
    void tests_that_run_at_the_same_time_have_their_own() {
        assertThat(Runs.failures(Runs.inParallel(Parallel.class))).isEmpty();
    }

    @ByHand
    @PgaiTest(lifecycle = DatabaseLifecycle.PER_CLASS)
    static class Shared {

        private final TestDatabase mine;

        Shared(TestDatabase mine) {
            this.mine = mine;
        }

        @RepeatedTest(2)
        void runs(TestDatabase ofTest) {
            assertThat(mine).isSameAs(ofTest);
        }
    }

    @ByHand
    @PgaiTest
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {

        OneInstance(DataSource dataSource) {
            assertThat(dataSource).isNotNull();
        }

        @Test
        void runs() {}
    }

    @Test
    void one_instance_for_all_tests_wants_one_database() {
        assertThat(Runs.failures(Runs.of(Shared.class))).isEmpty();
        assertThat(Runs.failures(Runs.of(OneInstance.class)))
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasMessageContaining("There is no database yet for javax.sql.DataSource")
                        .hasMessageContaining("lifecycle = PER_CLASS"));
    }
}
