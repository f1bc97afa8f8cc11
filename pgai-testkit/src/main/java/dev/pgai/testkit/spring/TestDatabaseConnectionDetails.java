package dev.pgai.testkit.spring;

import dev.pgai.testkit.TestDatabase;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** For Spring Boot 4. */
record TestDatabaseConnectionDetails(TestDatabase database) implements JdbcConnectionDetails {

    @Override
    public String getUsername() {
        return database.user();
    }

    @Override
    public String getPassword() {
        return database.password();
    }

    @Override
    public String getJdbcUrl() {
        return database.url();
    }
}
