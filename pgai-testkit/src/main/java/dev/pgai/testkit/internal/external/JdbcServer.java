package dev.pgai.testkit.internal.external;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.server.AdminConnections;
import dev.pgai.testkit.internal.server.BackgroundDrops;
import dev.pgai.testkit.internal.server.RunningServer;
import dev.pgai.testkit.internal.server.Server;
import dev.pgai.testkit.internal.server.ServerAccess;
import dev.pgai.testkit.internal.setting.Settings;
import dev.pgai.testkit.internal.thread.AtExit;
import dev.pgai.testkit.internal.thread.Background;
import dev.pgai.testkit.internal.thread.Once;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/** A server that somebody else runs. */
public final class JdbcServer implements Server {

    private static final int LOGIN_LIMIT_SECONDS = 20;

    /** Several choices of one server share its connections. */
    private static final Map<String, JdbcServer> SERVERS = new ConcurrentHashMap<>();

    private final String url;
    private final Once<RunningServer> running = new Once<>("pgai-testkit-connect", this::connect);

    public static JdbcServer of(String url) {
        return SERVERS.computeIfAbsent(url, JdbcServer::new);
    }

    private JdbcServer(String url) {
        this.url = url;
        if (ServerAccess.ofUrl(url, "", "") == null || Driver.parseURL(url, new Properties()) == null) {
            throw new InvalidArgumentException(
                    "url", toString(), "it is not a URL that can be used here", "Write " + ServerAccess.URL_FORM + ".");
        }
    }

    @Override
    public RunningServer running() {
        return running.get();
    }

    private RunningServer connect() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        if (source.getLoginTimeout() == 0) {
            // A program that takes connections and says nothing would keep all tests waiting.
            source.setLoginTimeout(LOGIN_LIMIT_SECONDS);
        }
        AdminConnections admin = new AdminConnections(source);
        RunningServer server;
        try {
            server = admin.run(connection -> {
                ServerAccess access = access(connection.getMetaData().getUserName());
                GuestTenancy tenancy = new GuestTenancy(url, access, admin);
                RunningServer connected = RunningServer.of(
                        connection, access, admin, new BackgroundDrops(admin), tenancy, "at " + hosts(access), false);
                Background.run("pgai-testkit-sweep", () -> tenancy.sweep(Instant.now()));
                return connected;
            });
        } catch (SQLException e) {
            throw new PgaiException(
                    "Cannot connect to " + this + ": " + e.getMessage() + " Start that server, or choose another by "
                            + Settings.SERVER + ".",
                    e);
        }
        server.drops().rehearse();
        AtExit.run("pgai-testkit-drops", server.drops()::finish);
        return server;
    }

    private ServerAccess access(String user) {
        Properties parsed = Objects.requireNonNull(Driver.parseURL(url, new Properties()));
        return Objects.requireNonNull(ServerAccess.ofUrl(url, user, parsed.getProperty("password", "")));
    }

    private static String hosts(ServerAccess access) {
        String start = access.urlStart();
        return start.substring("jdbc:postgresql://".length(), start.length() - 1);
    }

    @Override
    public String toString() {
        return ServerAccess.withoutSecrets(url);
    }
}
