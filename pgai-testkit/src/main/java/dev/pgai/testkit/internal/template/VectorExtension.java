package dev.pgai.testkit.internal.template;

import dev.pgai.testkit.internal.server.RunningServer;
import dev.pgai.testkit.internal.sql.Sql;
import dev.pgai.testkit.internal.standin.VectorStandin;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The extension {@code vector} of a server.
 *
 * @param standin whether it is the stand-in
 */
public record VectorExtension(String version, boolean standin) {

    /** The schema that it goes to. */
    public static final String SCHEMA = "public";

    /** What the server would create; empty when it has none. */
    public static Optional<VectorExtension> offered(RunningServer server) throws SQLException {
        return server.admin().run(VectorExtension::offered);
    }

    private static Optional<VectorExtension> offered(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select default_version from pg_available_extensions where name = 'vector'")) {
            if (!row.next()) {
                return Optional.empty();
            }
            String version = row.getString(1);
            return Optional.of(new VectorExtension(version, VectorStandin.isVersion(version)));
        }
    }

    public TemplateStep step(RunningServer server) {
        String content = server.temporary() ? VectorStandin.digest() : "";
        return TemplateStep.inTransaction(
                "vector " + this + " " + content,
                connection -> Sql.execute(connection, "create extension vector with schema " + SCHEMA));
    }

    @Override
    public String toString() {
        return standin ? "stand-in " + version + " (for tests only)" : "pgvector " + version;
    }
}
