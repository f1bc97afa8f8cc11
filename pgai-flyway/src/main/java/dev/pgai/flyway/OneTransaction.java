package dev.pgai.flyway;

import dev.pgai.database.OutcomeUnknownException;
import dev.pgai.database.PgaiDatabaseException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * All or nothing, also where Flyway gives no transaction: with {@code flyway.executeInTransaction=false} it leaves its
 * connection in autocommit.
 */
final class OneTransaction {

    private OneTransaction() {}

    /** Flyway's transaction is Flyway's to end; one that begins here ends here. */
    static <T> T call(Connection connection, Supplier<T> work) {
        if (!begin(connection)) {
            return work.get();
        }
        T result;
        try {
            result = work.get();
            commit(connection);
        } catch (RuntimeException | Error e) {
            rollBack(connection, e);
            throw e;
        }
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw failed("All is done, but the connection cannot be switched back to autocommit", e);
        }
        return result;
    }

    private static boolean begin(Connection connection) {
        try {
            if (connection.getAutoCommit()) {
                connection.setAutoCommit(false);
                return true;
            }
            return false;
        } catch (SQLException e) {
            throw failed("Cannot begin a transaction", e);
        }
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            String state = e.getSQLState();
            // The server says why it does not commit, by any other state than those of a lost connection.
            if (state == null || state.startsWith("08") || state.startsWith("57P")) {
                throw new OutcomeUnknownException(
                        "It is not known whether the changes were committed: the connection was lost. Look at the"
                                + " database before the next migrate. "
                                + e.getMessage(),
                        null,
                        state,
                        e);
            }
            throw failed("Cannot commit", e);
        }
    }

    /** To switch to autocommit commits: only after the rollback. A connection that refuses that is ended. */
    private static void rollBack(Connection connection, Throwable reason) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            reason.addSuppressed(e);
            try {
                connection.abort(Runnable::run);
            } catch (SQLException f) {
                reason.addSuppressed(f);
            }
        }
    }

    private static PgaiDatabaseException failed(String what, SQLException e) {
        return new PgaiDatabaseException(what + ": " + e.getMessage(), null, e.getSQLState(), e);
    }
}
