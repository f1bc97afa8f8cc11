package dev.pgai.testkit.internal.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs SQL as it is written. */
public final class Sql {

    private Sql() {}

    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Braces in a function's body are not JDBC's.
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }
}
