package dev.pgai.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The one server of this JVM. */
final class EmbeddedServer extends TestServer {

    static final EmbeddedServer INSTANCE = new EmbeddedServer();

    private @Nullable RunningServer running;

    private EmbeddedServer() {}

    @Override
    synchronized RunningServer running() {
        if (running == null) {
            try {
                running = start();
            } catch (IOException | SQLException e) {
                throw new TestkitException("The embedded PostgreSQL did not start: " + e.getMessage(), e);
            }
        }
        return running;
    }

    private static RunningServer start() throws IOException, SQLException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Path forBinaries = OwnDirectory.in(temporary);
        Path forData = Settings.OF_THIS_JVM.choose(
                DATA_KEY, () -> RunDirectory.placeInMemory().orElse(forBinaries), EmbeddedServer::place);
        PostgresArchive archive = PostgresArchive.find();
        PostgresProcess process = PostgresProcess.start(new PostgresBinaries(forBinaries, archive), archive, forData);
        try {
            ServerAccess access = process.access();
            PGSimpleDataSource source = access.dataSource("postgres");
            // Another JVM may be given this server as one that somebody else runs, and look for leftovers on it.
            source.setApplicationName(JvmName.VALUE);
            AdminConnections admin = new AdminConnections(source);
            RunningServer server = admin.run(connection ->
                    RunningServer.of(connection, access, admin, new OwnTenancy(process), "embedded", true));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, process), "pgai-testkit-stop"));
            TestServer.inBackground(() -> Stream.of(forBinaries, forData)
                    .distinct()
                    .forEach(place -> RunDirectory.sweep(place, Instant.now())));
            return server;
        } catch (SQLException | RuntimeException e) {
            process.stop();
            throw e;
        }
    }

    private static Path place(String value) {
        Path directory = Path.of(value);
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw new TestkitException("'" + value + "' is not a directory that can be written to. Make it one, or"
                    + " leave the choice of a place to the embedded server.");
        }
        try {
            return OwnDirectory.in(directory.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(RunningServer server, PostgresProcess process) {
        if (process.isKept()) {
            server.drops().finish();
            return;
        }
        server.drops().forget();
        process.stop();
    }

    @Override
    public String toString() {
        return "embedded";
    }
}
