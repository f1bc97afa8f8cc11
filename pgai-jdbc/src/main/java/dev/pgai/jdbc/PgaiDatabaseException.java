package dev.pgai.jdbc;

import dev.pgai.PgaiException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The database refused, or is not in the state that the operation needs. Subclasses say which. */
public class PgaiDatabaseException extends PgaiException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String sql;

    /**
     * Makes an exception for a statement, or for a state that was seen before any statement ran.
     *
     * @param message what is wrong, with the value that is wrong and the way out
     * @param sql the statement that was refused, or null when none was run
     * @param cause the driver's exception, or null when the library found the problem itself
     */
    public PgaiDatabaseException(String message, @Nullable String sql, @Nullable SQLException cause) {
        super(message, cause);
        this.sql = sql;
    }

    /**
     * The statement that was refused.
     *
     * @return the statement, or null when none was run
     */
    public @Nullable String sql() {
        return sql;
    }

    /**
     * The SQLSTATE of the driver's exception.
     *
     * @return five characters, or null when the library found the problem itself
     */
    public @Nullable String sqlState() {
        return getCause() instanceof SQLException cause ? cause.getSQLState() : null;
    }
}
