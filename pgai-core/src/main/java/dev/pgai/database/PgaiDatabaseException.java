package dev.pgai.database;

import dev.pgai.PgaiException;
import org.jspecify.annotations.Nullable;

/**
 * The database refused a statement, or did not answer. Subclasses say more: {@link RefusedException} when nothing was
 * done because the database is not in the state that is needed, {@link OutcomeUnknownException} when it is not known
 * whether anything was done, {@link PartlyDoneException} when a part was done and stays. All others say that nothing
 * was done: what ran was rolled back, or is in the caller's transaction, which has failed.
 */
public class PgaiDatabaseException extends PgaiException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String sql;
    private final @Nullable String sqlState;

    /**
     * Makes an exception for a statement.
     *
     * @param message what is wrong, with the value that is wrong and a hint
     * @param sql the statement that was refused, or null when none was run
     * @param sqlState the SQLSTATE of the driver's exception, or null when there is none
     * @param cause the driver's exception, or null when the library found the problem itself
     */
    public PgaiDatabaseException(
            String message, @Nullable String sql, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, cause);
        this.sql = sql;
        this.sqlState = sqlState;
    }

    /**
     * The statement that was refused.
     *
     * @return the statement without what may be a secret, or null when none was run
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
        return sqlState;
    }
}
