package dev.pgai.contract.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgai.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** PgBouncer in front of a database, on loopback, with one connection to the server, which all clients share. */
final class PgBouncer implements AutoCloseable {

    private final PGSimpleDataSource dataSource;
    private final Path directory;
    private final Process process;

    private PgBouncer(PGSimpleDataSource dataSource, Path directory, Process process) {
        this.dataSource = dataSource;
        this.directory = directory;
        this.process = process;
    }

    /**
     * Skips the test where PgBouncer is not installed, and fails it where it must be. {@code PGAI_TEST_POOLER} is the
     * path of another.
     */
    static String orSkip() {
        String chosen = System.getenv("PGAI_TEST_POOLER");
        String program = (chosen == null
                        ? Stream.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer")
                        : Stream.of(chosen))
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElse("");
        if (program.isEmpty() && Boolean.parseBoolean(System.getenv("PGAI_TEST_REQUIRE_POOLER"))) {
            throw new AssertionError("PGAI_TEST_REQUIRE_POOLER is set, and pgbouncer is not installed");
        }
        assumeTrue(!program.isEmpty(), "no pgbouncer: install it to run this");
        return program;
    }

    /**
     * Starts one.
     *
     * @param mode such as {@code transaction}
     */
    static PgBouncer start(TestDatabase database, String mode) throws IOException, SQLException, InterruptedException {
        String program = orSkip();
        return start(database, program, mode, keepsStatements(program) ? "max_prepared_statements = 0\n" : "");
    }

    /** Starts one in the mode {@code transaction} that keeps prepared statements, as those from 1.21 on can. */
    static PgBouncer keepingStatements(TestDatabase database) throws IOException, SQLException, InterruptedException {
        String program = orSkip();
        assumeTrue(keepsStatements(program), program + " is older than 1.21");
        return start(database, program, "transaction", "max_prepared_statements = 100\n");
    }

    private static boolean keepsStatements(String program) throws IOException {
        Process asked = new ProcessBuilder(program, "--version").start();
        String version = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher number = Pattern.compile("PgBouncer 1\\.([0-9]+)").matcher(version);
        return number.find() && Integer.parseInt(number.group(1)) >= 21;
    }

    private static PgBouncer start(TestDatabase database, String program, String mode, String more)
            throws IOException, SQLException, InterruptedException {
        Path directory = Files.createTempDirectory("pgbouncer");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config = directory.resolve("pgbouncer.ini");
        boolean root = "root".equals(System.getProperty("user.name"));
        Files.writeString(
                config,
                "[databases]\n* = host=" + database.host() + " port=" + database.port() + " user=" + database.user()
                        + " password='" + database.password()
                        + "'\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = "
                        + port + "\nunix_socket_dir =\nauth_type = any\npool_mode = " + mode
                        + "\ndefault_pool_size = 1\nserver_reset_query =\nignore_startup_parameters = extra_float_digits\n"
                        + more
                        + (root ? "user = nobody\n" : ""));
        if (root) {
            // It refuses to be root, and goes on as that user.
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Process process = new ProcessBuilder(program, config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        PGSimpleDataSource dataSource = database.dataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {port});
        PgBouncer started = new PgBouncer(dataSource, directory, process);
        started.await();
        return started;
    }

    private void await() throws SQLException, InterruptedException, IOException {
        for (int i = 0; ; i++) {
            try (Connection connection = dataSource.getConnection()) {
                Blog.execute(connection, "select 1");
                return;
            } catch (SQLException e) {
                if (i == 100 || !process.isAlive()) {
                    e.addSuppressed(new AssertionError(Files.readString(directory.resolve("log"))));
                    close();
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    /**
     * Connections through it.
     *
     * @param prepareThreshold the driver's setting of this name
     */
    PGSimpleDataSource dataSource(int prepareThreshold) {
        dataSource.setPrepareThreshold(prepareThreshold);
        return dataSource;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (String file : List.of("log", "pgbouncer.ini")) {
            Files.delete(directory.resolve(file));
        }
        Files.delete(directory);
    }
}
