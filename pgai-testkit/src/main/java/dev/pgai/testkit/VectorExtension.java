package dev.pgai.testkit;

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
record VectorExtension(String version, boolean standin) {

    /** The schema that it goes to. */
    static final String SCHEMA = "public";

    static VectorExtension choose(TestVector choice, RunningServer server) throws SQLException {
        VectorExtension offered = server.admin()
                .run(VectorExtension::offered)
                .orElseThrow(
                        () -> new TestkitException(server.name() + " offers no extension vector, and the stand-in can"
                                + " be given to the embedded server only. Install pgvector there, or choose another server: "
                                + TestServer.KEY + "=embedded."));
        if (choice == TestVector.REAL && offered.standin()) {
            throw new TestkitException(server.name() + " offers no pgvector, only the " + offered + ". Choose it by "
                    + TestVector.KEY + "=auto, or choose a server that has pgvector: " + TestServer.KEY + "="
                    + JdbcServer.URL_FORM + ".");
        }
        if (choice == TestVector.STANDIN && !offered.standin()) {
            throw new TestkitException(
                    server.name() + " offers " + offered + ", and the stand-in cannot be given to it." + " Choose "
                            + TestVector.KEY + "=auto, or another server: " + TestServer.KEY + "=embedded.");
        }
        return offered;
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

    TemplateStep step(RunningServer server) {
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
