package dev.pgai.contract.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Two instances of an application that start at the same moment, each with its migration. */
public final class TwoJvms {

    private final Path directory;
    private final TestDatabase database;

    /**
     * Makes a pair.
     *
     * @param directory for what the JVMs say
     * @param database has the table {@code public.blog}, which the migration creates a vectorizer on
     */
    public TwoJvms(Path directory, TestDatabase database) {
        this.directory = directory;
        this.database = database;
    }

    /** Starts both, sees that one waits for the other, and that both end well with one vectorizer. */
    public void migrate(Class<?> main, String... arguments) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            // While this holds the table, the first one cannot create, and the second one can only wait.
            connection.setAutoCommit(false);
            statement.execute("lock table public.blog in access exclusive mode");

            Process one = start(main, arguments, "one.log");
            Process other = start(main, arguments, "other.log");
            await(
                    statement,
                    "select count(*) = 1 from pg_locks where not granted"
                            + " and relation = 'public.blog'::pg_catalog.regclass");
            await(
                    statement,
                    "select count(distinct pid) >= 3 from pg_stat_activity where datname = current_database()");
            assertThat(one.isAlive() && other.isAlive()).isTrue();
            connection.commit();

            assertEnds(one, "one.log");
            assertEnds(other, "other.log");
            assertThat(Pgai.on(database.dataSource()).list()).hasSize(1);
        }
    }

    private Process start(Class<?> main, String[] arguments, String log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                database.url(),
                database.user(),
                database.password()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(log).toFile())
                .start();
    }

    private void assertEnds(Process process, String log) throws Exception {
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0)
                .as(Files.readString(directory.resolve(log)))
                .isTrue();
    }

    private static void await(Statement statement, String condition) throws SQLException, InterruptedException {
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (true) {
            try (ResultSet row = statement.executeQuery(condition)) {
                row.next();
                if (row.getBoolean(1)) {
                    return;
                }
            }
            assertThat(Instant.now()).as(condition).isBefore(end);
            Thread.sleep(100);
        }
    }
}
