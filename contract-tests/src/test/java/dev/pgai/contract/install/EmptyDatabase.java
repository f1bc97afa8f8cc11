package dev.pgai.contract.install;

import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of one test's own, without vector and without pgai, and roles that go with it. */
final class EmptyDatabase implements AutoCloseable {

    private static final TestDatabases DATABASES =
            TestDatabases.builder().catalog(TestCatalog.none()).build();

    private final TestDatabase database = DATABASES.create();
    private final List<String> roles = new ArrayList<>();

    String name() {
        return database.name();
    }

    PGSimpleDataSource dataSource() {
        return database.dataSource();
    }

    /** A pool may be set up to give out connections with autocommit off. */
    PGSimpleDataSource dataSource(boolean autoCommit) {
        PGSimpleDataSource dataSource = new SwitchedDataSource(autoCommit);
        dataSource.setUrl(database.url());
        return dataSource;
    }

    /** With parameters of the driver's, such as {@code preferQueryMode=simple}. */
    Connection connect(String... parameters) throws SQLException {
        PGSimpleDataSource dataSource = database.dataSource();
        for (String parameter : parameters) {
            String[] pair = parameter.split("=", 2);
            dataSource.setProperty(pair[0], pair[1]);
        }
        return dataSource.getConnection();
    }

    /** Makes a role without rights; {@code set role} takes it on. */
    String createRole() throws SQLException {
        String role = "anna_" + UUID.randomUUID().toString().replace("-", "");
        execute("create role " + role);
        roles.add(role);
        return role;
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = connect()) {
            execute(connection, statements);
        }
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Nullable
    String query(String sql) throws SQLException {
        try (Connection connection = connect()) {
            return query(connection, sql);
        }
    }

    /** The first column of the only row. */
    static @Nullable String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                throw new AssertionError("no row: " + sql);
            }
            String value = row.getString(1);
            if (row.next()) {
                throw new AssertionError("more than one row: " + sql);
            }
            return value;
        }
    }

    @Override
    public void close() throws SQLException {
        try (database) {
            for (String role : roles) {
                execute(
                        "reassign owned by " + role + " to current_user",
                        "drop owned by " + role + " cascade",
                        "drop role " + role);
            }
        }
    }

    private static final class SwitchedDataSource extends PGSimpleDataSource {

        private static final long serialVersionUID = 1L;

        private final boolean autoCommit;

        SwitchedDataSource(boolean autoCommit) {
            this.autoCommit = autoCommit;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setAutoCommit(autoCommit);
            return connection;
        }
    }
}
