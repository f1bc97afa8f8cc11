package dev.pgai.testkit.worker;

import dev.pgai.PgaiException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * A connection, and who has the say over its transactions. Where that is somebody else, work is done inside of a
 * savepoint, and nothing is committed.
 */
final class WorkerConnection {

    /** Work that is done or not, as a whole. */
    interface Work<T> {
        T run(Connection connection) throws SQLException, WorkerFailure;
    }

    private interface Step {
        void run() throws SQLException;
    }

    private final Connection connection;
    private final boolean joined;

    private WorkerConnection(Connection connection, boolean joined) {
        this.connection = connection;
        this.joined = joined;
    }

    /** That of a caller: in its transaction, or, in autocommit, in one for each piece of work. */
    static WorkerConnection ofCaller(Connection connection) throws SQLException {
        return new WorkerConnection(connection, !connection.getAutoCommit());
    }

    /** That of a data source, which may be in a transaction that the test has begun. */
    static WorkerConnection ofDataSource(Connection connection) throws SQLException {
        return new WorkerConnection(connection, !connection.getAutoCommit() && isSomebodys(connection));
    }

    private static boolean isSomebodys(Connection connection) throws SQLException {
        if (!connection.isWrapperFor(BaseConnection.class)) {
            throw new PgaiException("The data source gives a connection that has autocommit off and is not known to be"
                    + " PostgreSQL's (" + connection.getClass().getName() + "), so that the worker for tests cannot"
                    + " tell whether it is in a transaction of somebody's. Give the worker a Connection, or a data"
                    + " source with autocommit on.");
        }
        return connection.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE
                || SpringTransaction.isOn(connection);
    }

    Connection connection() {
        return connection;
    }

    boolean isJoined() {
        return joined;
    }

    <T> T inTransaction(Work<T> work) throws SQLException, WorkerFailure {
        return joined ? inSavepoint(work) : inOwn(work);
    }

    private <T> T inOwn(Work<T> work) throws SQLException, WorkerFailure {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        return whole(
                open -> {
                    T result = work.run(open);
                    open.commit();
                    return result;
                },
                connection::rollback,
                () -> connection.setAutoCommit(autoCommit));
    }

    private <T> T inSavepoint(Work<T> work) throws SQLException, WorkerFailure {
        TextForms before = TextForms.of(connection);
        Savepoint savepoint = connection.setSavepoint();
        return whole(work, () -> connection.rollback(savepoint), () -> {
            connection.releaseSavepoint(savepoint);
            before.set(connection);
        });
    }

    private <T> T whole(Work<T> work, Step undo, Step end) throws SQLException, WorkerFailure {
        T result;
        try {
            result = work.run(connection);
        } catch (SQLException e) {
            undone(e, undo, end);
            throw WorkerFailure.unexpected(e);
        } catch (WorkerFailure | RuntimeException | Error e) {
            undone(e, undo, end);
            throw e;
        }
        end.run();
        return result;
    }

    /** On a connection that is lost nothing can be undone, and that says less than why. */
    private static void undone(Throwable why, Step undo, Step end) {
        try {
            undo.run();
            end.run();
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }
}
