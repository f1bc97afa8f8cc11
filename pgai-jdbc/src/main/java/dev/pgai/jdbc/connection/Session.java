package dev.pgai.jdbc.connection;

import dev.pgai.argument.Check;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.jdbc.connection.Database.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.sql.DataSource;

/** The one place that decides who owns the transaction. */
public sealed interface Session permits CallersConnection, JoinedTransactions, OwnConnections {

    /**
     * Works on a database without changing it.
     *
     * @param operation what is done, for messages: half a sentence that starts with a verb
     */
    <T> T read(String operation, Function<Database, T> work);

    /**
     * Works on a database and may change it.
     *
     * @param operation what is done, for messages: half a sentence that starts with a verb
     */
    <T> T change(String operation, Function<Database, T> work);

    /** Whether all that is read is within one transaction, so that what others do meanwhile may stay unseen. */
    boolean isInTransaction();

    /** The caller's transaction: nothing but the work's own statements reaches the connection. */
    static Session of(Connection connection) {
        return new CallersConnection(Check.notNull("connection", connection));
    }

    /** A connection for each operation, and a transaction for each change. */
    static Session of(DataSource dataSource) {
        return new OwnConnections(Check.notNull("dataSource", dataSource));
    }

    /** The transaction of a framework's, whose connection the data source hands out then, or else as without it. */
    static Session of(DataSource dataSource, BooleanSupplier inTransaction) {
        return new JoinedTransactions(
                Check.notNull("dataSource", dataSource), Check.notNull("inTransaction", inTransaction));
    }

    /** What the mode of a connection means for statements on it. */
    static Transaction transaction(Connection connection, String operation) {
        try {
            return connection.getAutoCommit() ? Transaction.AUTOCOMMIT : Transaction.CALLERS;
        } catch (SQLException e) {
            throw new PgaiDatabaseException(
                    "Cannot " + operation + ": the connection does not answer: " + e.getMessage(),
                    null,
                    e.getSQLState(),
                    e);
        }
    }
}
