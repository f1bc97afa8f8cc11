package com.example.blog;

import dev.pgai.testkit.DatabasePreparer;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs the application's migration once; each test gets a copy of the result. */
final class MigratedDatabase implements DatabasePreparer {

    @Override
    public String key() {
        return DatabasePreparer.digest("classpath:com/example/blog/BlogMigration.class");
    }

    @Override
    public void prepare(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            BlogMigration.upgrade(connection);
        }
    }
}
