package dev.pgai.testkit.internal.connection;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** Tells the database which connections it gave, and from where they were asked for. */
public final class TrackedDataSource extends PGSimpleDataSource {

    private static final long serialVersionUID = 1L;

    private final transient OpenConnections opened;

    public TrackedDataSource(OpenConnections opened) {
        this.opened = opened;
    }

    /** The other methods that open connections call this one. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        Connection connection = super.getConnection(user, password);
        opened.add(connection);
        return connection;
    }
}
