package dev.pgai.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** A server that somebody else runs. */
final class JdbcServer extends TestServer {

    static final String URL_FORM = "jdbc:postgresql://host:port/database?user=...&password=...";

    private final String url;
    private @Nullable RunningServer running;

    JdbcServer(String url) {
        this.url = url;
        if (ServerAccess.ofUrl(url, "", "") == null || Driver.parseURL(url, new Properties()) == null) {
            throw new TestkitException("'" + this + "' is not a URL that can be used here. Write " + URL_FORM + ".");
        }
    }

    @Override
    synchronized RunningServer running() {
        if (running == null) {
            running = connect();
        }
        return running;
    }

    private RunningServer connect() {
        Properties parsed = Objects.requireNonNull(Driver.parseURL(url, new Properties()));
        AdminConnections admin = new AdminConnections(() -> DriverManager.getConnection(url));
        RunningServer server;
        try (Connection connection = DriverManager.getConnection(url)) {
            String user = connection.getMetaData().getUserName();
            ServerAccess access =
                    Objects.requireNonNull(ServerAccess.ofUrl(url, user, parsed.getProperty("password", "")));
            server = RunningServer.of(connection, access, admin, "at " + hosts(access), false);
        } catch (SQLException e) {
            throw new TestkitException(
                    "Cannot connect to " + this + ": " + e.getMessage() + ". Start that server, or choose another by "
                            + KEY + ".",
                    e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server.drops()::finish, "pgai-testkit-drops"));
        return server;
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
