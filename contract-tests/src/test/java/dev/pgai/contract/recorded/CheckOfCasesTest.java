package dev.pgai.contract.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.PgaiException;
import dev.pgai.change.CreateVectorizerIfAbsent;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Problem;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.UnknownOption;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is found before a create, against what was recorded of it: an error where it failed, and nowhere else. */
class CheckOfCasesTest {

    /** What the catalog accepts, and the worker then cannot do or does wrong. */
    private static final Map<String, Problem.Code> STRICTER_THAN_THE_CATALOG =
            Map.of("column-taken-over", Problem.Code.DESTINATION_COLUMN_TYPE, "key-types", Problem.Code.KEY_TYPE);

    /** No definition says null. */
    private static final Pattern NULL = Pattern.compile("=> (null|'null')[,)]");

    private static final String WRITTEN_BY_HAND = "'{\"config_type\": ";

    static Stream<RecordedCase> cases() {
        return Stream.of("cases", "cases-more").flatMap(RecordedCase::all);
    }

    static boolean refusesWhatWasRecorded(RecordedCase recorded) {
        return STRICTER_THAN_THE_CATALOG.containsKey(recorded.id());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void finds_an_error_where_the_create_failed_and_nowhere_else(RecordedCase recorded)
            throws SQLException, IOException {
        try (TestDatabase database = TestDatabases.standard().create()) {
            ApiReplay replay = ApiReplay.on(database);
            RecordedCasesTest.setUp(database, recorded);

            for (RecordedCase.Step step : recorded.steps()) {
                Optional<ApiReplay.Create> create = sayable(replay, step.sql());
                try (Connection connection = StepRunner.simpleProtocol(database)) {
                    String rest = step.sql();
                    if (create.isPresent()) {
                        ApiReplay.execute(connection, create.get().before());
                        rest = rest.substring(create.get().before().length());
                        check(connection, recorded, step, create.get());
                    }
                    assertThat(StepRunner.run(connection, rest).failed())
                            .as(step.sql())
                            .isEqualTo(step.failed());
                }
            }
        }
    }

    /** What no definition says, or none that can be built, is never checked on a database. */
    private static Optional<ApiReplay.Create> sayable(ApiReplay replay, String sql) throws SQLException {
        try {
            return NULL.matcher(sql).find() ? Optional.empty() : replay.create(sql);
        } catch (PgaiException e) {
            return Optional.empty();
        }
    }

    private static void check(
            Connection connection, RecordedCase recorded, RecordedCase.Step step, ApiReplay.Create create) {
        VectorizerChange change = create.change();
        List<Problem> errors = Pgai.on(connection).check(change).stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .toList();
        if (change instanceof CreateVectorizerIfAbsent && Pgai.on(connection).exists(change.name())) {
            // The catalog looks at the name alone, and at that of the queue; the library compares.
            assertThat(errors).as(step.sql()).extracting(Problem::code).isSubsetOf(Problem.Code.VECTORIZER_DIFFERS);
        } else if (step.failed()) {
            // What this library has no words for, or writes in another way, the catalog judges alone.
            if (!step.sql().contains(WRITTEN_BY_HAND)
                    && change.creates().orElseThrow().options().stream().noneMatch(UnknownOption.class::isInstance)) {
                assertThat(errors).as("%s: %s", step.sql(), step.outcome()).isNotEmpty();
            }
        } else if (refusesWhatWasRecorded(recorded)) {
            assertThat(errors)
                    .as(step.sql())
                    .extracting(Problem::code)
                    .isNotEmpty()
                    .containsOnly(STRICTER_THAN_THE_CATALOG.get(recorded.id()));
        } else {
            assertThat(errors).as(step.sql()).isEmpty();
        }
    }
}
