package dev.pgai.contract.liquibase;

import dev.pgai.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A role that may do anything to tables of schema {@code public}, and may not read the vectorizers. */
final class Guest {

    private static final String ROLE = "pgai_test_guest";

    private Guest() {}

    /**
     * Arguments for Liquibase.
     *
     * @param tables those that it gets to own
     */
    static Map<String, Object> on(TestDatabase database, String... tables) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("do $$ begin create role " + ROLE
                    + "; exception when duplicate_object or unique_violation then null; end $$");
            statement.execute("grant all on schema public to " + ROLE);
            statement.execute("grant all on all tables in schema public to " + ROLE);
            for (String table : tables) {
                statement.execute("alter table " + table + " owner to " + ROLE);
            }
        }
        String url = database.url();
        return LiquibaseCommands.on(
                database, "url", url + (url.contains("?") ? "&" : "?") + "options=-c%20role%3D" + ROLE);
    }
}
