package dev.pgai.liquibase;

import dev.pgai.PgaiException;
import dev.pgai.jdbc.Pgai;
import java.util.function.Function;
import liquibase.database.Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;

/** Asks a database on Liquibase's own connection, in its transaction. */
final class Asked {

    private Asked() {}

    static <T> T of(Database database, String what, Function<Pgai, T> question) throws DatabaseException {
        try {
            return question.apply(pgai(database, what));
        } catch (PgaiException e) {
            throw told(String.valueOf(e.getMessage()), e);
        }
    }

    static Pgai pgai(Database database, String what) throws DatabaseException {
        if (database.getConnection() instanceof JdbcConnection connection) {
            return Pgai.on(connection.getUnderlyingConnection());
        }
        throw new DatabaseException(
                "Cannot " + what + ": " + database.getConnection().getURL() + " is no connection to a database");
    }

    /** Without what went wrong as the cause, which the command line would show in its place. */
    static DatabaseException told(String message, Exception e) {
        DatabaseException told = new DatabaseException(message);
        told.addSuppressed(e);
        return told;
    }
}
