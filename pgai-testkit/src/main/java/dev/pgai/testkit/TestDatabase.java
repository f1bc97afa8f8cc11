package dev.pgai.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database for one test: a fresh clone of a template, dropped when it is closed. Safe for use by several threads.
 *
 * @see TestDatabases#create()
 */
public final class TestDatabase implements AutoCloseable {

    private final RunningServer server;
    private final String name;
    private final AtomicBoolean closed = new AtomicBoolean();

    TestDatabase(RunningServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /**
     * The name of the database, unique on its server.
     *
     * @return such as {@code pgai_test_5f0c1a2b_1}
     */
    public String name() {
        return name;
    }

    /**
     * The JDBC URL, complete: user and password are parameters of it where they are needed.
     *
     * @return such as {@code jdbc:postgresql://localhost:40123/pgai_test_5f0c1a2b_1?user=postgres&password=...}
     */
    public String url() {
        return server.access().url(name);
    }

    /**
     * The role that owns the database. A superuser on the embedded server.
     *
     * @return {@code postgres} on the embedded server
     */
    public String user() {
        return server.access().user();
    }

    /**
     * The password of {@link #user()}.
     *
     * @return may be empty on a server that asks for none; random on the embedded server
     */
    public String password() {
        return server.access().password();
    }

    /**
     * A data source without a pool: each of its connections is a new one.
     *
     * @return a new object for each call, the caller's to configure
     */
    public PGSimpleDataSource dataSource() {
        return server.access().dataSource(name);
    }

    /**
     * Opens a connection.
     *
     * @return the caller's to close
     * @throws SQLException when the database does not answer, or was closed before
     */
    public Connection connection() throws SQLException {
        return dataSource().getConnection();
    }

    /**
     * Drops the database in the background, and ends connections that are still open to it. Never throws: a drop that
     * fails is logged as a warning. A second call does nothing.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.drops().drop(name);
        }
    }

    /**
     * Names the database without its password.
     *
     * @return for logs
     */
    @Override
    public String toString() {
        return "TestDatabase[" + name + "]";
    }
}
