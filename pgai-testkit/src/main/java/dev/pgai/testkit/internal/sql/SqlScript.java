package dev.pgai.testkit.internal.sql;

import dev.pgai.PgaiException;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A script as people and tools write it, {@code pg_dump} among them: statements, and data of {@code copy ... from
 * stdin} between them.
 */
public final class SqlScript {

    private static final Pattern ROLE =
            Pattern.compile("\\s*create\\s+(role|user|group)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final String DUPLICATE_OBJECT = "42710";
    private static final String IN_NO_TRANSACTION = "25001";

    private final String name;
    private final List<ScriptPart> parts;

    private SqlScript(String name, List<ScriptPart> parts) {
        this.name = name;
        this.parts = parts;
    }

    /**
     * Reads a script.
     *
     * @throws PgaiException when there is a command of psql's in it; the message names the line
     */
    public static SqlScript read(String name, String text) {
        return new SqlScript(name, new SqlScriptReader(name, text).read());
    }

    /**
     * Runs the script in the transaction that is open.
     *
     * @throws PgaiException when a statement fails; the message names the line
     */
    public void run(Connection connection) {
        for (ScriptPart part : parts) {
            try {
                run(connection, part);
            } catch (SQLException e) {
                throw new PgaiException(
                        "Script " + name + ", line " + line(part, e) + ": " + e.getMessage() + hint(part, e), e);
            }
        }
    }

    private static void run(Connection connection, ScriptPart part) throws SQLException {
        if (part.data() == null) {
            Sql.execute(connection, part.sql());
            return;
        }
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(part.sql(), new StringReader(part.data()));
        } catch (IOException e) {
            throw new SQLException("The data cannot be sent: " + e.getMessage(), e);
        }
    }

    /** Where the server says, if it does. */
    private static int line(ScriptPart part, SQLException e) {
        ServerErrorMessage message = e instanceof PSQLException server ? server.getServerErrorMessage() : null;
        int position = message == null ? 0 : message.getPosition();
        int line = part.line();
        for (int i = 0; i < Math.min(position - 1, part.sql().length()); i++) {
            line += part.sql().charAt(i) == '\n' ? 1 : 0;
        }
        return line;
    }

    private static String hint(ScriptPart part, SQLException e) {
        if (DUPLICATE_OBJECT.equals(e.getSQLState()) && ROLE.matcher(part.sql()).matches()) {
            return " Roles are of the server, not of the database: another script, or an earlier run, has made it. Make"
                    + " it where it is missing: do $$ begin create role ...; exception when duplicate_object or"
                    + " unique_violation then null; end $$";
        }
        if (IN_NO_TRANSACTION.equals(e.getSQLState())) {
            return " A script runs in a transaction. Leave out what cannot, such as "
                    + (part.sql().toLowerCase(Locale.ROOT).contains("concurrently") ? "concurrently." : "vacuum.");
        }
        return "";
    }
}
