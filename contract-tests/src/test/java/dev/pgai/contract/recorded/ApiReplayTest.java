package dev.pgai.contract.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.VectorizerJson;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recorded cases through the library: the same results, the same objects, and an error where there was one. */
class ApiReplayTest {

    /** Where the catalog keeps quiet and the library does not: the steps, from 0, that fail here. */
    private static final Map<String, Set<Integer>> LOUDER_THAN_THE_CATALOG =
            Map.of("drop-unknown", Set.of(0), "enable-unknown", Set.of(0, 1), "if-not-exists", Set.of(1));

    /** What no definition says, by case: these are replayed as SQL only. */
    private static final Map<String, String> NOT_IN_A_DEFINITION = Map.of(
            "config-nulls", "null in place of an option",
            "config-not-objects", "null and arrays in place of options",
            "enqueue-null", "null in place of true or false",
            "if-not-exists-queue", "null in place of true or false",
            "loading-errors", "null in place of a number",
            "names-cut", "names that the server would cut");

    /** What the catalog accepts, and its worker cannot do: the option that is refused, by case. */
    static final Map<String, String> REFUSED_EARLIER =
            Map.of("recursive-no-separators", "chunking.separators", "template-unknown-column", "formatting.template");

    /** Where a create that failed took an id, and another create follows: the library fails before there is an id. */
    private static final Set<String> FAILED_WITH_AN_ID = Set.of("quoted-keys");

    static Stream<RecordedCase> cases() {
        return Stream.of("cases", "cases-more").flatMap(RecordedCase::all);
    }

    static Stream<RecordedCase> sayable() {
        return cases().filter(recorded -> !NOT_IN_A_DEFINITION.containsKey(recorded.id()))
                .filter(recorded -> !CheckOfCasesTest.refusesWhatWasRecorded(recorded));
    }

    static Stream<RecordedCase> definitions() {
        return cases().filter(recorded -> recorded.json().has("definition"))
                .filter(recorded -> !CheckOfCasesTest.refusesWhatWasRecorded(recorded));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sayable")
    void gives_what_was_recorded(RecordedCase recorded) throws SQLException, IOException {
        try (TestDatabase database = TestDatabases.standard().create()) {
            ApiReplay replay = ApiReplay.on(database);
            CatalogSnapshot before = RecordedCasesTest.setUp(database, recorded);

            for (int i = 0; i < recorded.steps().size(); i++) {
                RecordedCase.Step step = recorded.steps().get(i);
                boolean louder = LOUDER_THAN_THE_CATALOG
                        .getOrDefault(recorded.id(), Set.of())
                        .contains(i);
                if (step.failed() || louder) {
                    assertThatThrownBy(() -> replay.run(step.sql()))
                            .as(step.sql())
                            .isInstanceOf(PgaiException.class);
                    if (FAILED_WITH_AN_ID.contains(recorded.id())) {
                        replay.run("select nextval('ai.vectorizer_id_seq')");
                    }
                } else {
                    assertThat(replay.run(step.sql()))
                            .as(step.sql())
                            .isEqualTo(step.json().get("result").asText());
                }
            }

            RecordedCasesTest.assertAfter(database, before, recorded);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("definitions")
    void creates_from_the_definition_what_was_recorded(RecordedCase recorded) throws SQLException, IOException {
        String json = recorded.json().get("definition").toString();
        if (REFUSED_EARLIER.containsKey(recorded.id())) {
            assertThatThrownBy(() -> VectorizerJson.read(json))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining(REFUSED_EARLIER.get(recorded.id()));
            return;
        }
        VectorizerChange change = recorded.create();
        try (TestDatabase database = TestDatabases.standard().create()) {
            CatalogSnapshot before = RecordedCasesTest.setUp(database, recorded);
            boolean created = false;
            for (RecordedCase.Step step : recorded.steps()) {
                if (!created && ApiReplay.isCreate(step.sql())) {
                    Pgai.on(database.dataSource()).apply(change);
                    created = true;
                } else {
                    try (Connection connection = StepRunner.simpleProtocol(database)) {
                        StepRunner.run(connection, step.sql());
                    }
                }
            }
            assertThat(created).isTrue();
            RecordedCasesTest.assertAfter(database, before, recorded);
        }
    }
}
