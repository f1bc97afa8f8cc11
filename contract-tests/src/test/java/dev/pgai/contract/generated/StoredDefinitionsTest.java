package dev.pgai.contract.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.database.Problem;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.DefinitionDifference;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated definitions: found right, rendered, run, and read back equal, whatever texts are in them. */
class StoredDefinitionsTest {

    /** How many; {@code -Dpgai.test.definitions=10000} takes more. */
    private static final int DEFINITIONS = Integer.getInteger("pgai.test.definitions", 400);

    @ParameterizedTest(name = "standard_conforming_strings = {0}")
    @ValueSource(strings = {"on", "off"})
    void are_read_back_equal(String standardConformingStrings) throws SQLException {
        try (TestDatabase database = TestDatabases.standard().create();
                Connection connection = database.connection()) {
            execute(connection, "set standard_conforming_strings = " + standardConformingStrings);
            connection.setAutoCommit(false);
            for (long seed = standardConformingStrings.equals("on") ? 1 : 2; seed <= DEFINITIONS; seed += 2) {
                check(connection, DefinitionGenerator.runnable(seed));
                connection.rollback();
            }
        }
    }

    private static void check(Connection connection, GeneratedCase generated) throws SQLException {
        for (String sql : generated.setupSql()) {
            execute(connection, sql);
        }
        Pgai pgai = Pgai.on(connection);
        assertThat(pgai.check(generated.definition()))
                .as("seed %d, %s", generated.seed(), generated.definition())
                .extracting(Problem::code)
                .isSubsetOf(Problem.Code.VIEW_SCHEMA_IGNORED, Problem.Code.WORKER_LIMIT);

        String name = pgai.create(generated.definition()).name();

        StoredVectorizer stored = pgai.find(name).orElseThrow();
        assertThat(stored.definition())
                .as("seed %d, %s", generated.seed(), generated.definition())
                .isEqualTo(generated.definition().asStored());
        assertThat(DefinitionDifference.all(generated.definition(), stored.definition()))
                .as("seed %d, %s", generated.seed(), generated.definition())
                .isEmpty();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }
}
