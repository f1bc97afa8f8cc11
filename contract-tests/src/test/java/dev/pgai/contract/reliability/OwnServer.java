package dev.pgai.contract.reliability;

import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.TestServer;
import dev.pgai.testkit.TestVector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A server of one test's own, to be stopped, copied and filled: a cluster of the programs that the embedded server
 * unpacked.
 */
final class OwnServer implements AutoCloseable {

    private final Path programs;
    private final Path directory;
    private final int port;
    private final List<String> settings = new ArrayList<>();

    private OwnServer(Path programs, Path directory) throws IOException {
        this.programs = programs;
        this.directory = directory;
        this.port = freePort();
    }

    /** An empty cluster, which runs. */
    static OwnServer create(Path directory) throws IOException, SQLException {
        OwnServer server = new OwnServer(programs(), Files.createDirectories(directory));
        server.run(
                "initdb", "-D", server.data().toString(), "-U", "postgres", "-E", "UTF8", "--auth=trust", "--no-sync");
        server.start();
        return server;
    }

    /** A copy of one that does not run, which only reads. */
    static OwnServer standbyOf(OwnServer primary, Path directory) throws IOException {
        OwnServer standby = new OwnServer(primary.programs, Files.createDirectories(directory));
        copy(primary.data(), standby.data());
        Files.createFile(standby.data().resolve("standby.signal"));
        standby.start();
        return standby;
    }

    /** Where the embedded server runs its programs from. */
    private static Path programs() throws SQLException {
        TestDatabases embedded = TestDatabases.builder()
                .server(TestServer.embedded())
                .vector(TestVector.AUTO)
                .catalog(TestCatalog.none())
                .build();
        try (TestDatabase database = embedded.create();
                Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select setting from pg_config where name = 'BINDIR'")) {
            row.next();
            return Path.of(row.getString(1));
        }
    }

    Path data() {
        return directory.resolve("data");
    }

    /** Databases with the stand-in for pgai, on this server. */
    TestDatabases databases() {
        return TestDatabases.builder()
                .server(TestServer.jdbc("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&password="))
                .vector(TestVector.AUTO)
                .catalog(TestCatalog.standin())
                .build();
    }

    PGSimpleDataSource dataSource(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser("postgres");
        return source;
    }

    /** Those of the next start. */
    OwnServer with(String setting) {
        settings.add(setting);
        return this;
    }

    void start() throws IOException {
        StringBuilder options = new StringBuilder("-p " + port + " -c listen_addresses=127.0.0.1"
                + " -c unix_socket_directories= -c fsync=off -c dynamic_shared_memory_type=mmap -c max_connections=60");
        settings.forEach(setting -> options.append(" -c ").append(setting));
        run(
                "pg_ctl",
                "start",
                "-D",
                data().toString(),
                "-l",
                directory.resolve("log").toString(),
                "-w",
                "-t",
                "60",
                "-o",
                options.toString());
    }

    /** The mode is smart, fast or immediate. */
    void stop(String mode) throws IOException {
        run("pg_ctl", "stop", "-D", data().toString(), "-m", mode, "-w", "-t", "60");
    }

    private void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        // PostgreSQL refuses to run as root, and root is nobody in a namespace of its own.
        if (Integer.valueOf(0).equals(Files.getAttribute(directory, "unix:uid"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = directory.resolve(program + ".out");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(program + " failed: " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(program + " was interrupted", e);
        } finally {
            process.destroy();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                Files.createDirectory(to.resolve(from.relativize(path)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                Files.copy(path, to.resolve(from.relativize(path)));
                return FileVisitResult.CONTINUE;
            }
        });
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(data().resolve("postmaster.pid"))) {
            stop("immediate");
        }
    }
}
