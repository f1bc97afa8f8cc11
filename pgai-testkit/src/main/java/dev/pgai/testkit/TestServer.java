package dev.pgai.testkit;

import dev.pgai.InvalidArgumentException;
import dev.pgai.testkit.internal.container.ContainerServer;
import dev.pgai.testkit.internal.embedded.EmbeddedServer;
import dev.pgai.testkit.internal.external.JdbcServer;
import dev.pgai.testkit.internal.server.RunningServer;
import dev.pgai.testkit.internal.server.Server;
import dev.pgai.testkit.internal.server.ServerAccess;
import dev.pgai.testkit.internal.setting.Settings;

/**
 * A running PostgreSQL, 15 or newer, on which databases can be created and dropped. Chosen by
 * {@link TestDatabases.Builder#server}, else by system property {@value #KEY} or environment variable
 * {@code PGAI_TEST_SERVER} ({@code embedded}, {@code testcontainers}, {@code testcontainers:IMAGE}, or a JDBC URL),
 * else {@link #embedded()}.
 *
 * <p>Nothing is started or connected to before the first database is asked for.
 */
public final class TestServer {

    /** The system property that makes this choice: {@value}. */
    public static final String KEY = Settings.SERVER;

    /**
     * The system property that names a directory for the data of the {@linkplain #embedded() embedded} server:
     * {@value}. The environment variable is {@code PGAI_TEST_DATA}.
     */
    public static final String DATA_KEY = Settings.DATA;

    private final Server server;

    private TestServer(Server server) {
        this.server = server;
    }

    /**
     * The server that runs in a process of its own beside this JVM: started once, stopped when the JVM ends. It listens
     * on loopback only, has a random password, the encoding UTF8, a locale in which letters of all languages have upper
     * and lower case (see {@link TestLocale#ofServer}), the time zone UTC, and does not survive a crash of the machine
     * ({@code fsync}, {@code synchronous_commit} and {@code full_page_writes} are off). Its data are in the directory
     * that {@value #DATA_KEY} names; else in memory, in {@code /dev/shm}, where that has 1 GiB of room; else in
     * {@code java.io.tmpdir}.
     *
     * @return the choice
     */
    public static TestServer embedded() {
        return new TestServer(EmbeddedServer.INSTANCE);
    }

    /**
     * A server that runs already. Choices of the same URL share its connections.
     *
     * @param url the JDBC URL of a database that exists, with user and password as parameters, such as
     *     {@code jdbc:postgresql://localhost:5432/postgres?user=me&password=secret}. Its role needs the right CREATEDB.
     *     The database itself is only connected to: from there others are created and dropped
     * @return the choice
     * @throws InvalidArgumentException when the URL has another form
     */
    public static TestServer jdbc(String url) {
        return new TestServer(JdbcServer.of(url));
    }

    /**
     * A server in a container of {@code pgvector/pgvector:pg17}, PostgreSQL 17 with the real pgvector.
     *
     * @return the choice
     * @see #testcontainers(String)
     */
    public static TestServer testcontainers() {
        return testcontainers(ContainerServer.DEFAULT_IMAGE);
    }

    /**
     * A server in a container: one for each image, started once, removed when the JVM ends. It is set up as the
     * {@linkplain #embedded() embedded} one is, with its data in memory, and listens on loopback only where Docker is
     * on this machine.
     *
     * <p>It takes {@code org.testcontainers:testcontainers}, 2.0 or newer, on the class path, which this library does
     * not bring, and a Docker engine that Testcontainers finds. An image that is not there is pulled, as Testcontainers
     * does. What a JVM leaves behind that was killed, Testcontainers' own reaper removes, and where that is switched
     * off, the next JVM that starts such a server.
     *
     * @param image such as {@code pgvector/pgvector:pg17}: one that has pgvector, and follows the official image of
     *     PostgreSQL: {@code POSTGRES_PASSWORD}, {@code POSTGRES_INITDB_ARGS}, {@code PGDATA}, and the line
     *     {@code ready to accept connections} twice in its log
     * @return the choice
     * @throws InvalidArgumentException when the name is blank or has blanks
     */
    public static TestServer testcontainers(String image) {
        return new TestServer(ContainerServer.of(image));
    }

    /**
     * The server that a text names, as property and variable have it.
     *
     * @param value {@code embedded}, {@code testcontainers}, {@code testcontainers:IMAGE}, or a JDBC URL
     * @return the choice
     * @throws InvalidArgumentException when the text names none; the message says what is allowed
     */
    public static TestServer parse(String value) {
        if (value.equals("embedded")) {
            return embedded();
        }
        if (value.startsWith("jdbc:")) {
            return jdbc(value);
        }
        if (value.equals(ContainerServer.CHOICE)) {
            return testcontainers();
        }
        if (value.startsWith(ContainerServer.CHOICE + ":")) {
            return testcontainers(value.substring(ContainerServer.CHOICE.length() + 1));
        }
        throw new InvalidArgumentException(
                "server",
                value,
                "it is none of the choices",
                "Allowed: embedded, " + ContainerServer.CHOICE + ", " + ContainerServer.CHOICE + ":IMAGE, "
                        + ServerAccess.URL_FORM + ".");
    }

    RunningServer running() {
        return server.running();
    }

    /**
     * Names the kind of server, without a password and without starting anything.
     *
     * @return for logs
     */
    @Override
    public String toString() {
        return server.toString();
    }
}
