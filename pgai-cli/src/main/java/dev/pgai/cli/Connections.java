package dev.pgai.cli;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** Opens connections to one database, with the driver of this program and no other. */
final class Connections implements DataSource {

    /** The server asks for a password, and there is none. */
    private static final String REJECTED = "08004";

    private final Driver driver = new Driver();
    private final String url;
    private final Properties properties;
    private final Properties parsed;
    private final Optional<Terminal> terminal;

    Connections(String url, Properties properties, Properties parsed, Optional<Terminal> terminal) {
        this.url = url;
        this.properties = properties;
        this.parsed = parsed;
        this.terminal = terminal;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return connect();
        } catch (SQLException e) {
            boolean asks = REJECTED.equals(e.getSQLState())
                    && parsed.getProperty("password") == null
                    && properties.getProperty("password") == null;
            if (!asks || terminal.isEmpty() || !ask(terminal.get())) {
                throw explained(e);
            }
        }
        try {
            return connect();
        } catch (SQLException e) {
            throw explained(e);
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = driver.connect(url, properties);
        if (connection == null) {
            throw new SQLException("the URL is not one of PostgreSQL");
        }
        return connection;
    }

    private boolean ask(Terminal asked) {
        char[] typed = asked.readPassword().apply("Password for " + this + ": ");
        if (typed == null) {
            return false;
        }
        properties.setProperty("password", new String(typed));
        return true;
    }

    private SQLException explained(SQLException e) {
        return new SQLException("Cannot connect to " + this + ": " + e.getMessage(), e.getSQLState(), e);
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return parsed.getProperty("PGHOST", "localhost") + ":" + parsed.getProperty("PGPORT", "5432") + "/"
                + parsed.getProperty("PGDBNAME", "");
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the user is that of the command");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("it is a parameter of the URL, loginTimeout");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("there is none");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("it wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
