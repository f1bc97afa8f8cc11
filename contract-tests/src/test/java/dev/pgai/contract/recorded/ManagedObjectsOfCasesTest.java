package dev.pgai.contract.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.managed.DatabaseObjects;
import dev.pgai.jdbc.StoredManagedObjectsAccess;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.VectorizerJson;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What appeared in each recorded case is pgai's, and nothing else is. */
class ManagedObjectsOfCasesTest {

    static Stream<RecordedCase> cases() {
        return RecordedCase.all("cases");
    }

    static Stream<RecordedCase> definitions() {
        return cases().filter(recorded -> recorded.json().has("definition"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void are_what_appeared(RecordedCase recorded) throws SQLException {
        try (TestDatabase database = TestDatabases.standard().create()) {
            DatabaseObjects before = setUp(database, recorded);
            for (RecordedCase.Step step : recorded.steps()) {
                try (Connection connection = StepRunner.simpleProtocol(database)) {
                    StepRunner.run(connection, step.sql());
                }
            }

            try (Connection connection = database.connection()) {
                ManagedObjects managed = StoredManagedObjectsAccess.read(connection);
                DatabaseObjects now = DatabaseObjects.take(connection);
                // Without its row in the catalog, what a vectorizer left behind is the user's.
                boolean dropped = recorded.after().get("vectorizers").isEmpty();
                DatabaseObjects expected = now.where(object ->
                        object.isIn("ai") || (!dropped && !before.found().contains(object) && !isUsers(object)));

                assertThat(DatabaseObjects.of(managed).found()).containsExactlyElementsOf(expected.found());
                assertThat(now.containedIn(managed).found()).containsExactlyElementsOf(expected.found());
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("definitions")
    void hold_what_was_declared(RecordedCase recorded) throws SQLException {
        ManagedObjects declared = ManagedObjects.declared(
                List.of(VectorizerJson.read(recorded.json().get("definition").toString())));
        try (TestDatabase database = TestDatabases.standard().create()) {
            setUp(database, recorded);
            try (Connection connection = StepRunner.simpleProtocol(database)) {
                StepRunner.run(connection, recorded.steps().get(0).sql());
                ManagedObjects stored = StoredManagedObjectsAccess.read(connection);

                assertThat(stored.list()).containsAll(declared.list());
                assertThat(declared.union(stored)).isEqualTo(stored);
            }
        }
    }

    private static DatabaseObjects setUp(TestDatabase database, RecordedCase recorded) throws SQLException {
        RecordedCasesTest.setUp(database, recorded);
        try (Connection connection = database.connection()) {
            return DatabaseObjects.take(connection);
        }
    }

    /** One case has a view of the user's in its steps. */
    private static boolean isUsers(DatabaseObjects.Found object) {
        return object.name().equals("mine") || "mine".equals(object.table());
    }
}
