package dev.pgai.contract.jdbc;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgai.contract.jdbc.CutOperation.Mode;
import dev.pgai.contract.jdbc.CutOperation.Prepared;
import dev.pgai.jdbc.Pgai;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The connection is lost before and after each call to the server: what the operation says is what is in the database.
 */
class OutcomeTest {

    static Stream<Arguments> each() {
        return PreparedOperation.all().stream()
                .flatMap(operation -> Stream.of(Mode.values())
                        .filter(mode -> operation.changes() || isOfTransactions(mode))
                        .map(mode -> arguments(operation, mode)));
    }

    /** What only reads has no end of a transaction that depends on more. */
    private static boolean isOfTransactions(Mode mode) {
        return mode == Mode.CALLERS_TRANSACTION || mode == Mode.DATA_SOURCE_WITHOUT_AUTOCOMMIT;
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("each")
    void what_is_said_is_what_is_there(PreparedOperation operation, Mode mode) throws Exception {
        new CutOperation(operation.changes()) {

            @Override
            protected Prepared prepare() throws SQLException {
                return operation.prepare();
            }

            @Override
            protected void run(Connection connection) {
                operation.work().on(Pgai.on(connection));
            }

            @Override
            protected void run(DataSource dataSource) {
                operation.work().on(Pgai.on(dataSource));
            }

            @Override
            protected boolean onlyReads() {
                return !operation.changes();
            }

            @Override
            protected boolean isChange(String statement) {
                return statement.contains("pg_advisory_xact_lock") || statement.contains("ai.create_vectorizer(");
            }
        }.tryAll(mode);
    }
}
