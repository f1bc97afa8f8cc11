package dev.pgai.contract.vector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgai.contract.recorded.RecordedCase;
import dev.pgai.contract.recorded.StepRunner;
import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;

/** The statements of {@code vector-contract.json}, in their order and in one session, as its description says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VectorContractTest {

    private TestDatabase database;
    private Connection connection;
    private boolean standin;

    @BeforeAll
    void connect() throws SQLException {
        database = TestDatabases.builder().catalog(TestCatalog.none()).build().create();
        connection = StepRunner.simpleProtocol(database);
        try (Statement statement = connection.createStatement()) {
            statement.execute("create extension if not exists vector");
            ResultSet version = statement.executeQuery("select extversion from pg_extension where extname = 'vector'");
            version.next();
            standin = version.getString(1).endsWith("-standin");
        }
    }

    @AfterAll
    void disconnect() throws SQLException {
        connection.close();
        database.close();
    }

    static Stream<JsonNode> entries() throws IOException {
        JsonNode entries =
                new ObjectMapper().readTree(VectorContractTest.class.getResourceAsStream("/vector-contract.json"));
        return StreamSupport.stream(entries.spliterator(), false);
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("entries")
    void answers_as_pgvector_does(JsonNode entry) throws SQLException, IOException {
        JsonNode expected = standin && entry.has("standin") ? entry.get("standin") : entry;

        assertThat(run(entry)).isEqualTo(new RecordedCase.Step(expected).outcome());

        if (standin && entry.has("standin")) {
            assertThat(entry.get("why").asText()).as("why the stand-in differs").isNotBlank();
            assertThat(new RecordedCase.Step(expected).outcome())
                    .as("an entry that no longer differs")
                    .isNotEqualTo(new RecordedCase.Step(entry).outcome());
        }
    }

    private String run(JsonNode entry) throws SQLException, IOException {
        String sql = entry.get("sql").asText();
        return entry.has("stdin")
                ? copy(sql, entry.get("stdin").asText())
                : StepRunner.run(connection, sql).withoutMessages().outcome();
    }

    private String copy(String sql, String data) throws SQLException, IOException {
        ObjectNode step = JsonNodeFactory.instance.objectNode();
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, new StringReader(data));
            step.put("result", "");
        } catch (PSQLException e) {
            step.set("error", StepRunner.error(e));
        }
        return new RecordedCase.Step(step).outcome();
    }
}
