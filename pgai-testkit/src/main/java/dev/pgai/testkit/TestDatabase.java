package dev.pgai.testkit;

import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.connection.OpenConnections;
import dev.pgai.testkit.internal.connection.TrackedDataSource;
import dev.pgai.testkit.internal.server.KeptDatabases;
import dev.pgai.testkit.internal.server.RunningServer;
import dev.pgai.testkit.internal.setting.Settings;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database for one test: a fresh clone of a template, dropped when it is closed. Safe for use by several threads.
 *
 * @see TestDatabases#create()
 */
public final class TestDatabase implements AutoCloseable {

    /** The system property that says how many databases stay after this JVM: {@value}. See {@link #keep()}. */
    public static final String KEEP_KEY = Settings.KEEP;

    private static final Logger log = LoggerFactory.getLogger(TestDatabase.class);

    private final RunningServer server;
    private final String name;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final OpenConnections opened = new OpenConnections();

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
     * The host of the server, for clients that take no URL.
     *
     * @return such as {@code localhost}; the first one, if the URL of the server has several
     */
    public String host() {
        return server.access().host();
    }

    /**
     * The port of the server.
     *
     * @return such as 20321; that of the first host, if the URL of the server has several
     */
    public int port() {
        return server.access().port();
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
        PGSimpleDataSource dataSource = new TrackedDataSource(opened);
        dataSource.setURL(url());
        return dataSource;
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
     * The connections that are open, of those that were opened by {@link #connection()} and through
     * {@link #dataSource()}. Those that were opened by the URL are not known.
     *
     * @return for each connection the place where it was opened, as the stack of an exception that was never thrown
     */
    public List<Throwable> openConnections() {
        return opened.places();
    }

    /**
     * Leaves the database for people to look into: {@link #close()} does nothing from now on. On the embedded server,
     * the server stays with it when the JVM ends. Both go when a JVM starts to use test databases 15 minutes later or
     * after; of embedded servers that are kept only the newest three stay until then. What is to be done to look, or to
     * end it before, is logged at info. On a server in a container nothing stays: it goes with the JVM.
     *
     * <p>At most as many stay as system property {@value #KEEP_KEY} or environment variable {@code PGAI_TEST_KEEP}
     * says, 0 to 1000, for each JVM: for others this method does nothing. The default is 5, and 0 where the environment
     * variable {@code CI} is set, and not to {@code false}.
     *
     * @return how to reach the database, and when it goes; empty when it does not stay, or was closed or kept before
     * @throws PgaiException when the property or the variable has another value
     */
    public Optional<String> keep() {
        if (closed.get() || !KeptDatabases.oneMore()) {
            return Optional.empty();
        }
        try {
            String note = server.tenancy().keep(name);
            if (note == null) {
                log.info("Test database {} cannot stay: {} goes with this JVM", name, server.name());
                return Optional.empty();
            }
            closed.set(true);
            server.drops().kept(name);
            log.info("Kept test database {}", note);
            return Optional.of(note);
        } catch (IOException | SQLException e) {
            log.warn("Test database {} was not kept: {}", name, e.getMessage(), e);
            return Optional.empty();
        }
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
