package dev.pgai.testkit.junit;

import dev.pgai.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection that a test, or a class, was given. JUnit closes it when the test, or the class, has ended. */
final class HeldConnection implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HeldConnection.class);

    private final Connection connection;

    HeldConnection(TestDatabase database) {
        try {
            this.connection = database.connection();
        } catch (SQLException e) {
            throw new ExtensionConfigurationException("Cannot connect to " + database + ": " + e.getMessage(), e);
        }
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            log.debug("Not closed", e);
        }
    }
}
