package dev.pgai.contract.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.OutcomeUnknownException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A timeout of the server's ends an operation: nothing is done, it says so, and the next call does it. */
class TimeoutTest {

    private static final VectorizerDefinition V = Tables.definition(0).build();

    private static final Map<String, String> STATES = Map.of(
            "statement_timeout", "57014",
            "lock_timeout", "55P03",
            "transaction_timeout", "25P04");

    private Tables tables;

    @BeforeEach
    void createDatabase() throws SQLException {
        tables = new Tables(TestDatabases.standard().create(), 1);
    }

    @AfterEach
    void dropDatabase() {
        tables.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"statement_timeout", "lock_timeout", "transaction_timeout"})
    void while_another_change_goes_on(String setting) throws SQLException {
        PGSimpleDataSource impatient = tables.dataSource();
        impatient.setOptions("-c " + setting + "=300ms");
        requireSetting(setting);
        try (Connection other = tables.connect()) {
            other.setAutoCommit(false);
            Tables.execute(other, "select pg_advisory_xact_lock(" + VectorizerChange.LOCK + ")");

            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> Pgai.on(impatient).create(V))
                    .isNotInstanceOf(OutcomeUnknownException.class)
                    .withMessageStartingWith("Cannot create vectorizer \"v0\"")
                    .returns(STATES.get(setting), PgaiDatabaseException::sqlState);
            other.rollback();
        }
        assertThat(tables.leftOver()).isEmpty();
        assertThat(Pgai.on(impatient).createIfAbsent(V).created()).isTrue();
    }

    /** The server ends the session, and what was done in it. */
    @ParameterizedTest
    @ValueSource(strings = {"idle_in_transaction_session_timeout", "transaction_timeout"})
    void in_a_callers_transaction_that_takes_too_long(String setting) throws Exception {
        requireSetting(setting);
        try (Connection connection = tables.connect()) {
            Tables.execute(connection, "set " + setting + " = '200ms'");
            connection.setAutoCommit(false);
            Pgai pgai = Pgai.on(connection);
            pgai.create(V);
            Thread.sleep(600);

            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> pgai.disable("v0"))
                    .isNotInstanceOf(OutcomeUnknownException.class)
                    .withMessageStartingWith("Cannot disable vectorizer \"v0\"")
                    .satisfies(e -> assertThat(e.sqlState()).matches("25P0[34]|08.*|57P.*"));
        }
        assertThat(Pgai.on(tables.dataSource()).list()).isEmpty();
        assertThat(tables.leftOver()).isEmpty();
    }

    /**
     * With the server's default, an idle session of a pool is ended: the next operation says so, and had done nothing.
     */
    @Test
    void of_a_session_that_was_idle() throws Exception {
        try (Connection connection = tables.connect()) {
            Tables.execute(connection, "set idle_session_timeout = '100ms'");
            Thread.sleep(400);

            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> Pgai.on(connection).list())
                    .isNotInstanceOf(OutcomeUnknownException.class)
                    .withMessageContaining("The connection was lost.");
        }
    }

    private void requireSetting(String setting) throws SQLException {
        assumeThat(tables.query("select 1 from pg_settings where name = '" + setting + "'"))
                .as("this PostgreSQL has " + setting)
                .isNotEmpty();
    }
}
