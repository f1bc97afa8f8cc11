package dev.pgai.testkit.spring;

import dev.pgai.testkit.TestDatabase;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

/** For Spring Boot 3, whose type of the same name is in another package. */
record TestDatabaseConnectionDetails3(TestDatabase database) implements JdbcConnectionDetails {

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
