package dev.pgai.contract.hibernate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Tests with a database for each, on which Hibernate's schema tools work. */
abstract class OnDatabase {

    final TestDatabase database = TestDatabases.standard().create();
    final Pgai pgai = Pgai.on(database.dataSource());

    @AfterEach
    final void dropDatabase() {
        database.close();
    }

    final void execute(String... statements) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    final boolean exists(String relation) throws SQLException {
        return "t".equals(query("select to_regclass('" + relation + "') is not null"));
    }

    final int foreignKeys(String table) throws SQLException {
        return Integer.parseInt(query(
                "select count(*) from pg_constraint where contype = 'f' and conrelid = '" + table + "'::regclass"));
    }

    /** The first column of the only row. */
    final String query(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        assertThat(values).hasSize(1);
        return values.get(0);
    }
}
