package dev.pgai.contract.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.managed.DatabaseObjects;
import dev.pgai.jdbc.Pgai;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What appeared in each recorded case is pgai's, and nothing else is. */
class ManagedObjectsOfCasesTest {

    /** What the steps of a case make for the user, or leave to the user when they drop a vectorizer. */
    private static final Map<String, Set<String>> USERS = Map.of(
            "drop-all-dependent-view", Set.of("VIEW public mine", "COLUMN public mine chunk"),
            "drop-all-column", Set.of("COLUMN public blog e"),
            "drop-dependents",
                    Set.of(
                            "VIEW public m1",
                            "COLUMN public m1 chunk",
                            "COLUMN public m1 chunk_seq",
                            "COLUMN public m1 embedding",
                            "COLUMN public m1 embedding_uuid",
                            "COLUMN public m1 id"),
            "errors-of-two", Set.of("COLUMN public blog e"),
            "trigger-embedding-columns", Set.of("COLUMN public blog e"),
            "trigger-schema-change", Set.of("COLUMN public t n"),
            "trigger-truncate-referenced",
                    Set.of("TABLE public fk", "COLUMN public fk u", "CONSTRAINT public fk fk_u_fkey"));

    static Stream<RecordedCase> cases() {
        return RecordedCasesTest.cases();
    }

    static Stream<RecordedCase> definitions() {
        return cases().filter(recorded -> recorded.json().has("definition"))
                .filter(recorded -> !ApiReplayTest.REFUSED_EARLIER.containsKey(recorded.id()));
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
                ManagedObjects managed = Pgai.on(connection).managedObjects();
                DatabaseObjects now = DatabaseObjects.take(connection);
                // Also what a drop has kept.
                Set<String> users = USERS.getOrDefault(recorded.id(), Set.of());
                DatabaseObjects appeared = now.without(before);
                assertThat(appeared.found()).extracting(Object::toString).containsAll(users);
                DatabaseObjects expected = now.where(object ->
                        object.isIn("ai") || (appeared.found().contains(object) && !users.contains(object.toString())));

                assertThat(DatabaseObjects.of(managed).found()).containsExactlyElementsOf(expected.found());
                assertThat(now.containedIn(managed).found()).containsExactlyElementsOf(expected.found());
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("definitions")
    void hold_what_was_declared(RecordedCase recorded) throws SQLException {
        ManagedObjects declared =
                ManagedObjects.declared(List.of(recorded.create().creates().orElseThrow()));
        try (TestDatabase database = TestDatabases.standard().create()) {
            setUp(database, recorded);
            try (Connection connection = StepRunner.simpleProtocol(database)) {
                StepRunner.run(connection, recorded.steps().get(0).sql());
                ManagedObjects stored = Pgai.on(connection).managedObjects();

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
}
