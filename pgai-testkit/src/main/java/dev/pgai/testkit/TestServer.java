package dev.pgai.testkit;

/**
 * A running PostgreSQL, 15 or newer, on which databases can be created and dropped. Chosen by
 * {@link TestDatabases.Builder#server}, else by system property {@value #KEY} or environment variable
 * {@code PGAI_TEST_SERVER} ({@code embedded}, or a JDBC URL), else {@link #embedded()}.
 *
 * <p>Nothing is started or connected to before the first database is asked for.
 */
public abstract sealed class TestServer permits EmbeddedServer, JdbcServer {

    /** The system property that makes this choice: {@value}. */
    public static final String KEY = "pgai.test.server";

    TestServer() {}

    /**
     * The server that runs in a process of its own beside this JVM: started once, stopped when the JVM ends. It listens
     * on loopback only, has a random password, the locale C with the encoding UTF8, the time zone UTC, and does not
     * survive a crash of the machine ({@code fsync}, {@code synchronous_commit} and {@code full_page_writes} are off).
     * Its data are in memory, in {@code /dev/shm}, where that has 1 GiB of room, else in {@code java.io.tmpdir}.
     *
     * @return the same object for each call
     */
    public static TestServer embedded() {
        return EmbeddedServer.INSTANCE;
    }

    /**
     * A server that runs already.
     *
     * @param url the JDBC URL of a database that exists, with user and password as parameters, such as
     *     {@code jdbc:postgresql://localhost:5432/postgres?user=me&password=secret}. Its role needs the right CREATEDB.
     *     The database itself is only connected to: from there others are created and dropped
     * @return the same object for each call with the same URL
     * @throws TestkitException when the URL has another form
     */
    public static TestServer jdbc(String url) {
        return JdbcServer.of(url);
    }

    /**
     * The server that a text names, as property and variable have it.
     *
     * @param value {@code embedded}, or a JDBC URL
     * @return the choice
     * @throws TestkitException when the text names none; the message says what is allowed
     */
    public static TestServer parse(String value) {
        if (value.equals("embedded")) {
            return embedded();
        }
        if (value.startsWith("jdbc:")) {
            return jdbc(value);
        }
        throw new TestkitException("'" + value + "' is not allowed. Allowed: embedded, " + JdbcServer.URL_FORM + ".");
    }

    /** All that kinds of servers differ in: starts it, or connects to it, at the first call. */
    abstract RunningServer running();

    /** For what the first test need not wait for. */
    static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "pgai-testkit-sweep");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Names the kind of server, without a password and without starting anything.
     *
     * @return for logs
     */
    @Override
    public abstract String toString();
}
