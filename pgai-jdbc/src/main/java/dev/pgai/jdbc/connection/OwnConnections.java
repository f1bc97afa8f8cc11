package dev.pgai.jdbc.connection;

import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.connection.Database.Transaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections of a data source, one for each operation. What changes something is one transaction: committed when the
 * work returns, rolled back when anything is thrown. What reads needs none.
 */
record OwnConnections(DataSource dataSource) implements Session {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pgai.jdbc");

    /** Work of somebody's that was there before ours. Read-only work has no id, and nothing to lose. */
    private static final String WORK_OF_OTHERS = "select pg_catalog.pg_current_xact_id_if_assigned() is not null";

    private static final int SECONDS_TO_ANSWER = 5;

    /** By name, for Spring is not needed here: a connection that its transaction manager hands out. */
    private static final String PROXY_OF_SPRING = "org.springframework.jdbc.datasource.ConnectionProxy";

    @Override
    public boolean isInTransaction() {
        return false;
    }

    @Override
    public <T> T read(String operation, Function<Database, T> work) {
        Connection connection = connect();
        T result;
        try {
            Transaction transaction = Session.transaction(connection, operation);
            boolean ends = transaction != Transaction.AUTOCOMMIT && !isOfOthers(connection);
            result = work.apply(new Database(connection, operation, transaction));
            if (ends) {
                quietly(connection::commit, "end the transaction of a look");
            }
        } catch (RuntimeException | Error e) {
            suppressing(e, connection::close);
            throw e;
        }
        quietly(connection::close, "give the connection back");
        return result;
    }

    @Override
    public <T> T change(String operation, Function<Database, T> work) {
        Connection connection = connect();
        boolean autoCommit;
        T result;
        try {
            autoCommit = begin(connection, operation);
            result = committed(connection, operation, autoCommit, work);
        } catch (RuntimeException | Error e) {
            suppressing(e, connection::close);
            throw e;
        }
        // From here on it is done, whatever becomes of the connection.
        if (autoCommit) {
            quietly(() -> connection.setAutoCommit(true), "switch the connection back to autocommit");
        }
        quietly(connection::close, "give the connection back");
        return result;
    }

    /** Whether the connection was in autocommit. */
    private static boolean begin(Connection connection, String operation) {
        try {
            boolean autoCommit = connection.getAutoCommit();
            if (autoCommit) {
                connection.setAutoCommit(false);
            } else if (isOfOthers(connection)) {
                throw new RefusedException(
                        "Cannot " + operation,
                        List.of(Problem.of(
                                Problem.Code.TRANSACTION_OF_OTHERS,
                                null,
                                null,
                                "The data source hands out a connection that is in a transaction of somebody's, and to"
                                        + " commit here would commit that.",
                                "Use on(Connection) with that connection, or on(DataSource, inTransaction), and"
                                        + " all is one transaction.")));
            }
            return autoCommit;
        } catch (SQLException e) {
            throw failed("begin a transaction", e);
        }
    }

    Connection connect() {
        try {
            return dataSource.getConnection();
        } catch (SQLException e) {
            throw failed("get a connection", e);
        }
    }

    private static boolean isOfOthers(Connection connection) {
        for (Class<?> type : connection.getClass().getInterfaces()) {
            if (type.getName().equals(PROXY_OF_SPRING)) {
                return true;
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(WORK_OF_OTHERS)) {
            if (row.next() && row.getBoolean(1)) {
                return true;
            }
        } catch (SQLException e) {
            throw failed("ask for the transaction", e);
        }
        return isEndedByOthersAlone(connection);
    }

    /** As JTA has it: to commit is refused, also when nothing was done yet, and the connection lives on. */
    private static boolean isEndedByOthersAlone(Connection connection) {
        try {
            connection.commit();
            return false;
        } catch (SQLException e) {
            if (!isAlive(connection, e)) {
                throw failed("ask for the transaction", e);
            }
            return true;
        }
    }

    private static boolean isAlive(Connection connection, SQLException failure) {
        try {
            return connection.isValid(SECONDS_TO_ANSWER);
        } catch (SQLException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    private static <T> T committed(
            Connection connection, String operation, boolean autoCommit, Function<Database, T> work) {
        T result;
        try {
            result = work.apply(new Database(connection, operation, Transaction.OWN));
        } catch (RuntimeException | Error e) {
            rollBack(connection, autoCommit, e);
            throw e;
        }
        try {
            connection.commit();
            return result;
        } catch (SQLException e) {
            PgaiDatabaseException failure =
                    SqlErrors.isLost(e) ? SqlErrors.unknown(operation, null, e) : failed("commit", e);
            rollBack(connection, autoCommit, failure);
            throw failure;
        } catch (RuntimeException | Error e) {
            rollBack(connection, autoCommit, e);
            throw e;
        }
    }

    /** To switch to autocommit commits, so that it waits for the rollback; a connection that refuses that is ended. */
    private static void rollBack(Connection connection, boolean autoCommit, Throwable reason) {
        if (!suppressing(reason, connection::rollback)) {
            suppressing(reason, () -> connection.abort(Runnable::run));
        } else if (autoCommit) {
            suppressing(reason, () -> connection.setAutoCommit(true));
        }
    }

    static boolean suppressing(Throwable first, Cleanup cleanup) {
        try {
            cleanup.run();
            return true;
        } catch (SQLException | RuntimeException e) {
            first.addSuppressed(e);
            return false;
        }
    }

    static void quietly(Cleanup cleanup, String what) {
        try {
            cleanup.run();
        } catch (SQLException | RuntimeException e) {
            LOG.warn("All is done, but it was not possible to {}: {}", what, OneLine.of(e.toString()));
        }
    }

    private static PgaiDatabaseException failed(String step, SQLException e) {
        return new PgaiDatabaseException("Cannot " + step + ": " + e.getMessage(), null, e.getSQLState(), e);
    }

    interface Cleanup {
        void run() throws SQLException;
    }
}
