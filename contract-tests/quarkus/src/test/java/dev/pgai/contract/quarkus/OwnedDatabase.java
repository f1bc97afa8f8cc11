package dev.pgai.contract.quarkus;

import dev.pgai.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * For an application whose Flyway migrates when it starts, as a role of its own. A clean drops the extensions of its
 * role, and functions of pgai's would go with extension vector.
 */
public class OwnedDatabase extends ApplicationDatabase {

    private static final String ROLE = "quarkus_application";

    @Override
    void prepare(TestDatabase database) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("do $$ begin create role " + ROLE
                    + "; exception when duplicate_object or unique_violation then null; end $$");
            statement.execute("grant all on schema public to " + ROLE);
            statement.execute("select ai.grant_vectorizer_usage('" + ROLE + "', admin => true)");
        }
    }

    @Override
    String url(TestDatabase database) {
        return database.url() + "&options=-c%20role%3D" + ROLE;
    }

    @Override
    Map<String, String> more() {
        return Map.of("quarkus.flyway.migrate-at-start", "true");
    }
}
