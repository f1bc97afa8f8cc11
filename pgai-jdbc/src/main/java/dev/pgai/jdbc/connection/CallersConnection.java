package dev.pgai.jdbc.connection;

import java.sql.Connection;
import java.util.function.Function;

/** A connection that is never committed, rolled back, switched or closed. */
record CallersConnection(Connection connection) implements Session {

    @Override
    public <T> T read(String operation, Function<Database, T> work) {
        return change(operation, work);
    }

    @Override
    public <T> T change(String operation, Function<Database, T> work) {
        return work.apply(new Database(connection, operation, Session.transaction(connection, operation)));
    }

    @Override
    public boolean isInTransaction() {
        return Session.transaction(connection, "ask the connection for its mode") != Database.Transaction.AUTOCOMMIT;
    }
}
