package dev.pgai.jdbc.connection;

import java.sql.Connection;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.sql.DataSource;

/** Work in the transaction of a framework's while there is one, and else on connections of its own. */
record JoinedTransactions(DataSource dataSource, BooleanSupplier inTransaction, OwnConnections own) implements Session {

    JoinedTransactions(DataSource dataSource, BooleanSupplier inTransaction) {
        this(dataSource, inTransaction, new OwnConnections(dataSource));
    }

    @Override
    public boolean isInTransaction() {
        return inTransaction.getAsBoolean();
    }

    @Override
    public <T> T read(String operation, Function<Database, T> work) {
        return isInTransaction() ? joined(operation, work) : own.read(operation, work);
    }

    @Override
    public <T> T change(String operation, Function<Database, T> work) {
        return isInTransaction() ? joined(operation, work) : own.change(operation, work);
    }

    /** To close such a connection gives it back to its framework, and ends nothing. */
    private <T> T joined(String operation, Function<Database, T> work) {
        Connection connection = own.connect();
        T result;
        try {
            result = new CallersConnection(connection).change(operation, work);
        } catch (RuntimeException | Error e) {
            OwnConnections.suppressing(e, connection::close);
            throw e;
        }
        OwnConnections.quietly(connection::close, "give the connection back");
        return result;
    }
}
