package dev.pgai.liquibase;

import dev.pgai.PgaiException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Problem;
import dev.pgai.jdbc.Pgai;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import liquibase.Scope;
import liquibase.database.Database;
import liquibase.database.PreparedStatementFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.statement.AbstractSqlStatement;
import liquibase.statement.ExecutablePreparedStatement;

/** Looks whether a change can work, before it is run. Changes nothing, and is no part of any script. */
final class LookStatement extends AbstractSqlStatement implements ExecutablePreparedStatement {

    private final String nameOfChange;
    private final VectorizerChange change;
    private final Database database;

    LookStatement(String nameOfChange, VectorizerChange change, Database database) {
        this.nameOfChange = nameOfChange;
        this.change = change;
        this.database = database;
    }

    @Override
    public void execute(PreparedStatementFactory factory) throws DatabaseException {
        List<String> obstacles = new ArrayList<>();
        for (Problem problem : look(database, "check whether to " + change, pgai -> pgai.check(change))) {
            if (problem.severity() == Problem.Severity.WARNING) {
                Scope.getCurrentScope().getLog(getClass()).warning(change.name() + ": " + problem);
            } else {
                obstacles.add(sentences(problem));
            }
        }
        if (!obstacles.isEmpty()) {
            throw new DatabaseException(nameOfChange + ": " + String.join(" ", obstacles));
        }
    }

    /** With the hints that a changelog can follow. */
    private static String sentences(Problem problem) {
        return switch (problem.code()) {
            case VECTORIZER_EXISTS ->
                problem.message()
                        + " Choose another name, or let the change set be skipped by the precondition"
                        + " <not><vectorizerExists/></not>.";
            case VECTORIZER_MISSING ->
                problem.message()
                        + " Correct the name, or let the change set be skipped by the precondition"
                        + " <vectorizerExists/>.";
            default -> problem.toString();
        };
    }

    /** Asks a database, on Liquibase's own connection. */
    static <T> T look(Database database, String what, Function<Pgai, T> question) throws DatabaseException {
        if (!(database.getConnection() instanceof JdbcConnection connection)) {
            throw new DatabaseException(
                    "Cannot " + what + ": " + database.getConnection().getURL() + " is no connection to a database");
        }
        try {
            return question.apply(Pgai.on(connection.getUnderlyingConnection()));
        } catch (PgaiException e) {
            throw new DatabaseException(e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "look whether to " + change;
    }
}
