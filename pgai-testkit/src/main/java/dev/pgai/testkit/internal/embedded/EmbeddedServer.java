package dev.pgai.testkit.internal.embedded;

import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.file.OwnDirectory;
import dev.pgai.testkit.internal.server.AdminConnections;
import dev.pgai.testkit.internal.server.JvmName;
import dev.pgai.testkit.internal.server.RunningServer;
import dev.pgai.testkit.internal.server.Server;
import dev.pgai.testkit.internal.server.ServerAccess;
import dev.pgai.testkit.internal.thread.Background;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The one server of this JVM. */
public final class EmbeddedServer implements Server {

    public static final EmbeddedServer INSTANCE = new EmbeddedServer();

    private @Nullable RunningServer running;

    private EmbeddedServer() {}

    @Override
    public synchronized RunningServer running() {
        if (running == null) {
            try {
                running = start();
            } catch (IOException | SQLException e) {
                throw new PgaiException("The embedded PostgreSQL did not start: " + e.getMessage(), e);
            }
        }
        return running;
    }

    private static RunningServer start() throws IOException, SQLException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Path forBinaries = OwnDirectory.in(temporary);
        Path forData = DataPlace.choose(forBinaries);
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
            Background.run(
                    "pgai-testkit-sweep",
                    () -> Stream.of(forBinaries, forData)
                            .distinct()
                            .forEach(place -> RunDirectory.sweep(place, Instant.now())));
            return server;
        } catch (SQLException | RuntimeException e) {
            process.stop();
            throw e;
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
