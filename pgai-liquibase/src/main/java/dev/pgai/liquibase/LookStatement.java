package dev.pgai.liquibase;

import dev.pgai.PgaiException;
import dev.pgai.jdbc.Pgai;
import java.util.List;
import java.util.function.Function;
import liquibase.database.Database;
import liquibase.database.PreparedStatementFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.statement.AbstractSqlStatement;
import liquibase.statement.ExecutablePreparedStatement;

/** Looks whether a change can work, before it is run. Changes nothing, and is no part of any script. */
final class LookStatement extends AbstractSqlStatement implements ExecutablePreparedStatement {

    private final VectorizerChange change;
    private final Database database;

    LookStatement(VectorizerChange change, Database database) {
        this.change = change;
        this.database = database;
    }

    @Override
    public void execute(PreparedStatementFactory factory) throws DatabaseException {
        List<String> obstacles = look(database, change.vectorizer(), change::obstacles);
        if (!obstacles.isEmpty()) {
            throw new DatabaseException(change.getSerializedObjectName() + ": " + String.join(" ", obstacles));
        }
    }

    /** Asks a database about a vectorizer, on Liquibase's own connection. */
    static <T> T look(Database database, String vectorizer, Function<Pgai, T> question) throws DatabaseException {
        if (!(database.getConnection() instanceof JdbcConnection connection)) {
            throw new DatabaseException("Cannot look for vectorizer " + vectorizer + ": "
                    + database.getConnection().getURL() + " is no connection to a database");
        }
        try {
            return question.apply(Pgai.on(connection.getUnderlyingConnection()));
        } catch (PgaiException e) {
            throw new DatabaseException(e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "look for vectorizer " + change.vectorizer();
    }
}
