package dev.pgai.catalog;

import dev.pgai.database.PgaiDatabaseException;
import org.jspecify.annotations.Nullable;

/**
 * The catalog was not installed, and nothing was changed. {@link #reason()} tells the cases apart; the message names
 * the versions, objects or roles, and what to do.
 */
public final class CatalogInstallException extends PgaiDatabaseException {

    private static final long serialVersionUID = 1L;

    /** Why the catalog was not installed. */
    public enum Reason {
        /** The server is older than PostgreSQL 15. */
        POSTGRES_TOO_OLD,
        /** The database has no extension {@code vector}, and the server has none to create. */
        VECTOR_UNAVAILABLE,
        /**
         * A catalog is installed, but the extension {@code vector} that it was installed with is gone, and nothing
         * tells where it was.
         */
        VECTOR_MISSING,
        /** The schema for the extension {@code vector} does not exist, or its name cannot stand in the script. */
        VECTOR_SCHEMA,
        /** The database has the extension {@code ai} in a version before 0.10.0, which has the catalog inside. */
        AI_EXTENSION_TOO_OLD,
        /** The installed catalog is newer than the script. */
        DOWNGRADE,
        /**
         * There is a schema {@code ai} that pgai did not make, or a version in it that is not one, or it belongs to a
         * role that is neither the user nor one that the user has to trust.
         */
        FOREIGN_SCHEMA,
        /** The installed catalog belongs to another role. */
        NOT_OWNER,
        /** The role lacks a right on the database or on schema {@code ai}. */
        NO_PRIVILEGE,
        /** An object of somebody's depends on one that the upgrade has to drop. */
        DEPENDENT_OBJECTS,
        /** Another transaction changed the catalog meanwhile, and this transaction cannot look again. */
        CONCURRENT_CHANGE,
        /** The database refused for another reason; see the cause. */
        FAILED
    }

    /** Says why nothing was installed. */
    private final Reason reason;

    /**
     * Makes an exception.
     *
     * @param reason why nothing was installed
     * @param message what is wrong, with a hint
     * @param sql the statement that was refused, or null when none was run
     * @param sqlState the SQLSTATE of the driver's exception, or null when there is none
     * @param cause the driver's exception, or null when nothing was tried
     */
    public CatalogInstallException(
            Reason reason, String message, @Nullable String sql, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, sql, sqlState, cause);
        this.reason = reason;
    }

    /**
     * Why the catalog was not installed.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
