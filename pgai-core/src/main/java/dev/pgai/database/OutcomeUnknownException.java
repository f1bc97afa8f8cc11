package dev.pgai.database;

import org.jspecify.annotations.Nullable;

/**
 * The connection was lost while a change was on its way, so that it is not known whether it was done. Look before you
 * do it again: {@code Pgai.exists}, {@code Pgai.find}, {@code CatalogInstaller.status}.
 */
public final class OutcomeUnknownException extends PgaiDatabaseException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception for the statement, or the commit, that had no answer.
     *
     * @param message what was to be done, and how to find out whether it was
     * @param sql the statement, or null for a commit
     * @param sqlState the SQLSTATE of the driver's exception, or null when there is none
     * @param cause the driver's exception
     */
    public OutcomeUnknownException(
            String message, @Nullable String sql, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, sql, sqlState, cause);
    }
}
