package dev.pgai.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The two ways in which statements run. */
final class Statements {

    private Statements() {}

    /** Makes a value of a result. */
    interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    /** Makes an exception of the driver's, for the statement that failed. */
    interface Errors {
        PgaiDatabaseException translate(String sql, SQLException e);
    }

    /** A look-up of this library's own, with parameters; null is a parameter, too. */
    static <T> T lookUp(
            Connection connection, String sql, Errors errors, Reader<T> reader, @Nullable Object... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                if (parameters[i] instanceof Integer number) {
                    statement.setInt(i + 1, number);
                } else if (parameters[i] instanceof String[] texts) {
                    statement.setArray(i + 1, connection.createArrayOf("text", texts));
                } else {
                    statement.setString(i + 1, (String) parameters[i]);
                }
            }
            try (ResultSet rows = statement.executeQuery()) {
                return reader.read(rows);
            }
        } catch (SQLException e) {
            throw errors.translate(sql, e);
        }
    }

    /**
     * Rendered SQL, as it is. Reads the first result that has rows. What the server warns of while it changes something
     * goes to the log: such as a role in {@code grant_to} that does not exist.
     */
    static <T> T change(Connection connection, String subject, String sql, Errors errors, Reader<T> reader) {
        try (Statement statement = connection.createStatement()) {
            // A template may hold what looks like an escape of JDBC's: {d}.
            statement.setEscapeProcessing(false);
            boolean hasRows = statement.execute(sql);
            while (!hasRows && statement.getUpdateCount() != -1) {
                hasRows = statement.getMoreResults();
            }
            try (ResultSet rows = statement.getResultSet()) {
                T result = reader.read(rows);
                logWarnings(subject, statement.getWarnings());
                return result;
            }
        } catch (SQLException e) {
            throw errors.translate(sql, e);
        }
    }

    private static void logWarnings(String subject, @Nullable SQLWarning first) {
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            // Class 01 are warnings; notices, which pgai has for what it skips, are 00000.
            if (warning.getSQLState() != null && warning.getSQLState().startsWith("01")) {
                LoggerFactory.getLogger(Pgai.class)
                        .warn("The database warns about {}: {}", subject, warning.getMessage());
            }
        }
    }
}
