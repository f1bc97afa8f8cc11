package dev.pgai.jdbc.connection;

import dev.pgai.database.OutcomeUnknownException;
import dev.pgai.database.PgaiDatabaseException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells errors apart by SQLSTATE, never by the text of a message: servers speak many languages. The operations know
 * what a state means for them; here is what holds for all.
 */
public final class SqlErrors {

    public static final String DUPLICATE_OBJECT = "42710";
    public static final String DUPLICATE_TABLE = "42P07";
    public static final String DUPLICATE_COLUMN = "42701";
    public static final String UNIQUE_VIOLATION = "23505";
    public static final String UNDEFINED_TABLE = "42P01";
    public static final String UNDEFINED_OBJECT = "42704";
    public static final String UNDEFINED_FUNCTION = "42883";
    public static final String UNDEFINED_COLUMN = "42703";
    public static final String NO_DATA_FOUND = "P0002";
    public static final String DEPENDENT_OBJECTS = "2BP01";
    public static final String INSUFFICIENT_PRIVILEGE = "42501";
    public static final String UNDEFINED_SCHEMA = "3F000";
    public static final String LOCK_NOT_AVAILABLE = "55P03";
    public static final String SERIALIZATION_FAILURE = "40001";

    /** The states that begin so are of names: of what is not there, or is there already. */
    public static final String CLASS_OF_NAMES = "42";

    private static final String CONNECTION_DOES_NOT_EXIST = "08003";

    /** Of a notice, by which a change says that it had nothing to do. */
    static final String NO_DATA = "02000";

    private SqlErrors() {}

    /** What an operation makes of an error that it does not know better. */
    static PgaiDatabaseException of(String operation, @Nullable String sql, SQLException e) {
        return new PgaiDatabaseException(message("Cannot " + operation, hint(state(e)), e), sql, e.getSQLState(), e);
    }

    static OutcomeUnknownException unknown(String operation, @Nullable String sql, SQLException e) {
        return new OutcomeUnknownException(
                "It is not known whether this was done: " + operation + ". The connection was lost "
                        + (sql == null ? "during the commit" : "before the answer came")
                        + ". Look at the database before you do it again. " + says(e),
                sql,
                e.getSQLState(),
                e);
    }

    /** What is wrong and what to do come first, because the server's own message may be long, and in its language. */
    public static String message(String what, @Nullable String hint, PgaiDatabaseException e) {
        return message(what, hint, (SQLException) Objects.requireNonNull(e.getCause()));
    }

    private static String message(String what, @Nullable String hint, SQLException e) {
        return what + ". " + (hint == null ? "" : hint + " ") + says(e);
    }

    private static String says(SQLException e) {
        return "The database says (SQLSTATE " + e.getSQLState() + "): " + e.getMessage();
    }

    /** Never null, to be switched on. */
    public static String state(PgaiDatabaseException e) {
        return Objects.requireNonNullElse(e.sqlState(), "");
    }

    static String state(SQLException e) {
        return Objects.requireNonNullElse(e.getSQLState(), "");
    }

    /**
     * Whether there was no answer, so that the server may have done what it was asked for. It was not asked when the
     * driver found the connection closed.
     */
    static boolean isLost(SQLException e) {
        String state = state(e);
        if (state.equals(CONNECTION_DOES_NOT_EXIST)) {
            return false;
        }
        return state.isEmpty()
                || state.startsWith("08")
                || state.startsWith("57P0")
                || e instanceof SQLNonTransientConnectionException
                || e instanceof SQLTransientConnectionException
                || e instanceof SQLRecoverableException;
    }

    /**
     * The same error with texts that a mask has gone over, which is the error itself where the mask changes nothing.
     */
    static SQLException masked(SQLException e, UnaryOperator<String> mask) {
        String message = Objects.requireNonNullElse(e.getMessage(), "");
        String masked = mask.apply(message);
        if (masked.equals(message)) {
            return e;
        }
        SQLException copy = new SQLException(masked, e.getSQLState(), e.getErrorCode());
        copy.setStackTrace(e.getStackTrace());
        return copy;
    }

    private static @Nullable String hint(String state) {
        return switch (state) {
            case "25P02" -> "A statement before this one failed in the same transaction: roll it back, and look there.";
            case "25006" -> "The transaction, or the server, is read-only: use another.";
            case "40001", "40P01" ->
                "Another transaction was in the way: roll back and run the whole transaction again.";
            case "25P03", "25P04" ->
                "The server ended the session, because its transaction took too long: nothing was done.";
            case "53100" -> "The server has no room left on its disk.";
            case UNDEFINED_FUNCTION, UNDEFINED_TABLE, UNDEFINED_COLUMN ->
                "Something that it needs is not there. When that is in schema ai, somebody dropped it, or the catalog is"
                        + " of a version that this library does not know: CatalogInstaller with the wheel of the version"
                        + " that is installed makes functions again, and tables come from a backup.";
            case "57014" -> "It was cancelled, by a timeout or by somebody.";
            case "55P03" -> "Somebody holds a lock that it needs, and the lock timeout is over: try again.";
            case "22P05" ->
                "A text has a character that the encoding of the database does not have: leave it out, or use a"
                        + " database with the encoding UTF8.";
            case "26000", "42P05" ->
                "A pooler gave the driver's prepared statement to another session: set prepareThreshold=0 in the URL, or"
                        + " let the pooler keep them (max_prepared_statements of PgBouncer, since 1.21).";
            default -> state.startsWith("08") || state.startsWith("57P0") ? "The connection was lost." : null;
        };
    }
}
