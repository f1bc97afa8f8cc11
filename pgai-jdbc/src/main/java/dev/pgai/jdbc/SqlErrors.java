package dev.pgai.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells errors apart by SQLSTATE, never by the text of a message: servers speak many languages. The operations know
 * what a state means for them; here is what holds for all.
 */
final class SqlErrors {

    static final String DUPLICATE_OBJECT = "42710";
    static final String DUPLICATE_TABLE = "42P07";
    static final String DUPLICATE_COLUMN = "42701";
    static final String UNIQUE_VIOLATION = "23505";
    static final String UNDEFINED_TABLE = "42P01";
    static final String UNDEFINED_FUNCTION = "42883";
    static final String NO_DATA_FOUND = "P0002";
    static final String DEPENDENT_OBJECTS = "2BP01";
    static final String INSUFFICIENT_PRIVILEGE = "42501";

    private SqlErrors() {}

    static PgaiDatabaseException of(String doing, String sql, SQLException e) {
        return new PgaiDatabaseException(message(doing, e, wayOut(state(e))), sql, e);
    }

    /** For rights that were not known beforehand, such as those on a queue: the server's message says which. */
    static MissingRightsException missingRights(String user, String doing, String sql, SQLException e) {
        return new MissingRightsException(
                user,
                List.of(),
                message(
                        doing,
                        e,
                        "Run it as a superuser or as the owner of source, queue and store, or have user \"" + user
                                + "\" granted what the message says."),
                sql,
                e);
    }

    /**
     * The way out comes first, because the server's own message may be long: with its detail, its hint and its context,
     * in the server's language.
     */
    static String message(String doing, SQLException e, @Nullable String wayOut) {
        String server = "The database says (SQLSTATE " + e.getSQLState() + "): " + e.getMessage();
        return doing + ". " + (wayOut == null ? "" : wayOut + " ") + server;
    }

    /** Never null, to be switched on. */
    static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    private static @Nullable String wayOut(String state) {
        return switch (state) {
            case "25P02" -> "A statement before this one failed in the same transaction: roll it back, and look there.";
            case "25006" -> "The transaction, or the server, is read-only: use another.";
            case "40001", "40P01" ->
                "Another transaction was in the way: roll back and run the whole transaction again.";
            default -> null;
        };
    }
}
