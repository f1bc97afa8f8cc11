package dev.pgai.contract.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recorded statements, as they are: what holds the stand-in of the catalog to the real one. */
class RecordedCasesTest {

    static Stream<RecordedCase> cases() {
        return Stream.of("cases", "cases-more").flatMap(RecordedCase::all);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void gives_what_was_recorded(RecordedCase recorded) throws SQLException {
        try (TestDatabase database = TestDatabases.standard().create()) {
            CatalogSnapshot before = setUp(database, recorded);

            for (RecordedCase.Step step : recorded.steps()) {
                try (Connection connection = StepRunner.simpleProtocol(database)) {
                    assertThat(StepRunner.run(connection, step.sql()).outcome())
                            .as(step.sql())
                            .isEqualTo(step.outcome());
                }
            }

            assertAfter(database, before, recorded);
        }
    }

    static CatalogSnapshot setUp(TestDatabase database, RecordedCase recorded) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String sql : recorded.setup()) {
                statement.execute(sql);
            }
            return CatalogSnapshot.take(connection);
        }
    }

    static void assertAfter(TestDatabase database, CatalogSnapshot before, RecordedCase recorded) throws SQLException {
        try (Connection connection = database.connection()) {
            ObjectNode expected = recorded.after();
            if (connection.getMetaData().getDatabaseMajorVersion() < 17) {
                removeMaintain(expected.get("grants"));
            }
            assertThat(CatalogSnapshot.readable(CatalogSnapshot.changesSince(before, connection)))
                    .as("the state after the last step")
                    .isEqualTo(CatalogSnapshot.readable(expected));
        }
    }

    /** The privilege came with PostgreSQL 17, on which the cases were recorded. */
    private static void removeMaintain(JsonNode grants) {
        for (Iterator<JsonNode> i = grants.iterator(); i.hasNext(); ) {
            if (i.next().asText().endsWith(" MAINTAIN")) {
                i.remove();
            }
        }
    }
}
