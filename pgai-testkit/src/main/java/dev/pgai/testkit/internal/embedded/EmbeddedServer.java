package dev.pgai.testkit.internal.embedded;

import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.file.OwnDirectory;
import dev.pgai.testkit.internal.server.AdminConnections;
import dev.pgai.testkit.internal.server.BackgroundDrops;
import dev.pgai.testkit.internal.server.JvmName;
import dev.pgai.testkit.internal.server.RunningServer;
import dev.pgai.testkit.internal.server.Server;
import dev.pgai.testkit.internal.server.ServerAccess;
import dev.pgai.testkit.internal.thread.AtExit;
import dev.pgai.testkit.internal.thread.Background;
import dev.pgai.testkit.internal.thread.Once;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** The one server of this JVM. */
public final class EmbeddedServer implements Server {

    public static final EmbeddedServer INSTANCE = new EmbeddedServer();

    private final Once<RunningServer> running = new Once<>("pgai-testkit-start", EmbeddedServer::start);

    private EmbeddedServer() {}

    @Override
    public RunningServer running() {
        return running.get();
    }

    private static RunningServer start() {
        try {
            Path forBinaries = OwnDirectory.inTemporary();
            Path forData = DataPlace.choose(forBinaries);
            PostgresProcess process =
                    PostgresProcess.start(PostgresBinaries.of(PostgresArchive.find(), forBinaries), forData);
            try {
                RunningServer server = connect(process);
                endWithThisJvm(server, process);
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
        } catch (IOException | SQLException e) {
            throw new PgaiException("The embedded PostgreSQL did not start: " + e.getMessage(), e);
        }
    }

    private static RunningServer connect(PostgresProcess process) throws SQLException {
        ServerAccess access = process.access();
        PGSimpleDataSource source = access.dataSource("postgres");
        // Another JVM may be given this server as one that somebody else runs, and look for leftovers on it.
        source.setApplicationName(JvmName.VALUE);
        AdminConnections admin = new AdminConnections(source);
        BackgroundDrops drops = new BackgroundDrops(admin);
        return admin.run(connection ->
                RunningServer.of(connection, access, admin, drops, new OwnTenancy(process, drops), "embedded", true));
    }

    private static void endWithThisJvm(RunningServer server, PostgresProcess process) {
        if (!Watchdog.start(process.directory())) {
            server.drops().rehearse();
            AtExit.run("pgai-testkit-stop", () -> {
                server.drops().awaitQuiet();
                process.stopUnlessKept();
            });
        }
    }

    @Override
    public String toString() {
        return "embedded";
    }
}
