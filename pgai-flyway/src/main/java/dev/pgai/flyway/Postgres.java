package dev.pgai.flyway;

import java.sql.Connection;
import java.sql.SQLException;

/** Flyway knows many databases, and pgai one. */
final class Postgres {

    private Postgres() {}

    static boolean is(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    }
}
