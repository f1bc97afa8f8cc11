package dev.pgai.liquibase;

import dev.pgai.PgaiException;
import dev.pgai.jdbc.Pgai;
import liquibase.database.Database;
import liquibase.database.PreparedStatementFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.statement.AbstractSqlStatement;
import liquibase.statement.ExecutablePreparedStatement;

/** Looks whether pgai and the vectorizer are there, before a change. Changes nothing, and is no part of any script. */
final class LookStatement extends AbstractSqlStatement implements ExecutablePreparedStatement {

    private final VectorizerChange change;
    private final Database database;

    LookStatement(VectorizerChange change, Database database) {
        this.change = change;
        this.database = database;
    }

    @Override
    public void execute(PreparedStatementFactory factory) throws DatabaseException {
        boolean there = exists(database, change.vectorizer());
        if (change.expected() == null || change.expected() == there) {
            return;
        }
        throw new DatabaseException(change.getSerializedObjectName() + ": "
                + (there
                        ? "a vectorizer " + change.vectorizer() + " is there already. Choose another name, or let the"
                                + " change set be skipped by the precondition <not><vectorizerExists/></not>."
                        : "there is no vectorizer " + change.vectorizer() + ". Correct the name, or let the change set"
                                + " be skipped by the precondition <vectorizerExists/>."));
    }

    static boolean exists(Database database, String vectorizer) throws DatabaseException {
        if (!(database.getConnection() instanceof JdbcConnection connection)) {
            throw new DatabaseException("Cannot look for vectorizer " + vectorizer + ": "
                    + database.getConnection().getURL() + " is no connection to a database");
        }
        try {
            return Pgai.on(connection.getUnderlyingConnection()).exists(vectorizer);
        } catch (PgaiException e) {
            throw new DatabaseException(e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "look for vectorizer " + change.vectorizer();
    }
}
