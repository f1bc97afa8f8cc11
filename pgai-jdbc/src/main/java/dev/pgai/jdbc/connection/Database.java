package dev.pgai.jdbc.connection;

import dev.pgai.argument.Check;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.sql.AdoptSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A database while one operation works on it: the only place where statements run. */
public final class Database {

    private final Connection connection;
    private final String operation;
    private final Transaction transaction;

    Database(Connection connection, String operation, Transaction transaction) {
        this.connection = connection;
        this.operation = operation;
        this.transaction = transaction;
    }

    /** Whose transaction statements are in. */
    enum Transaction {
        /** Each statement is one. */
        AUTOCOMMIT,
        /** The caller ends it. */
        CALLERS,
        /** The {@link Session} ends it. */
        OWN
    }

    /** Makes a value of a result. */
    public interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    /**
     * What came of a statement that changes something.
     *
     * @param done false when it said itself that there was nothing to do
     * @param number the number that it gave, or null for none
     * @param warnings what the server warns of, such as a role that does not exist; no notices
     */
    public record Outcome(boolean done, @Nullable Integer number, List<String> warnings) {}

    /** For messages: half a sentence that says what is to be done. */
    public String operation() {
        return operation;
    }

    /** Whether several statements are one transaction, so that a lock holds until its end. */
    public boolean isInTransaction() {
        return transaction != Transaction.AUTOCOMMIT;
    }

    /** A look-up of this library's own, with parameters; null is a parameter, too. Changes nothing. */
    public <T> T query(String sql, Reader<T> reader, @Nullable Object... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                bind(statement, i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return reader.read(rows);
            }
        } catch (SQLException e) {
            throw SqlErrors.of(operation, sql, e);
        }
    }

    private void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof Integer number) {
            statement.setInt(index, number);
        } else if (value instanceof String[] texts) {
            statement.setArray(index, connection.createArrayOf("text", texts));
        } else {
            // A refused text would abort the caller's transaction.
            statement.setString(index, Check.optionalText("text", (String) value));
        }
    }

    /** Runs a block of this library's own that changes nothing, and tells what it found by a message of a state. */
    public Optional<String> told(String sql, String sqlState) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
            return warnings(statement)
                    .filter(warning -> SqlErrors.state(warning).equals(sqlState))
                    .map(SQLWarning::getMessage)
                    .findFirst();
        } catch (SQLException e) {
            throw SqlErrors.of(operation, sql, e);
        }
    }

    private static Stream<SQLWarning> warnings(Statement statement) throws SQLException {
        return Stream.iterate(statement.getWarnings(), Objects::nonNull, SQLWarning::getNextWarning);
    }

    /**
     * Runs one statement as it is, and reads the number that it gives or tells, if there is one.
     *
     * @param mask goes over what is shown of the statement and of the server's messages
     * @throws dev.pgai.database.OutcomeUnknownException when the connection is lost in autocommit
     */
    public Outcome run(String sql, UnaryOperator<String> mask) {
        boolean executed = false;
        try (Statement statement = connection.createStatement()) {
            // A template may hold what looks like an escape of JDBC's: {d}.
            statement.setEscapeProcessing(false);
            boolean hasRows = statement.execute(sql);
            executed = true;
            return outcome(statement, hasRows, mask);
        } catch (SQLException e) {
            if (executed) {
                // Only the reading of its result failed.
                return new Outcome(true, null, List.of());
            }
            throw failed(mask.apply(sql), SqlErrors.masked(e, mask));
        }
    }

    private PgaiDatabaseException failed(String sql, SQLException e) {
        return transaction == Transaction.AUTOCOMMIT && SqlErrors.isLost(e)
                ? SqlErrors.unknown(operation, sql, e)
                : SqlErrors.of(operation, sql, e);
    }

    private static Outcome outcome(Statement statement, boolean hasRows, UnaryOperator<String> mask)
            throws SQLException {
        boolean done = true;
        Integer number = null;
        if (hasRows) {
            try (ResultSet rows = statement.getResultSet()) {
                done = rows.next();
                number = done ? rows.getInt(1) : null;
            }
        }
        List<String> warnings = new ArrayList<>();
        for (SQLWarning warning : warnings(statement).toList()) {
            String state = SqlErrors.state(warning);
            done &= !state.equals(SqlErrors.NO_DATA);
            if (state.equals(AdoptSql.ID_TOLD)) {
                number = Integer.valueOf(warning.getMessage());
            }
            // Class 01 are warnings; notices, which pgai has for what it skips, are 00000.
            if (state.startsWith("01")) {
                warnings.add(mask.apply(warning.getMessage()));
            }
        }
        return new Outcome(done, number, warnings);
    }
}
