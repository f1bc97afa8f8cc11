package dev.pgai.contract.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of an application that start at the same moment, each with its migration. */
class TwoJvmsTest {

    private static final String TABLE = """
            <changeSet author="test" id="1"><sql>create table public.blog (id int primary key, content text)</sql></changeSet>
            """;

    private static final String VECTORIZER = """
            <changeSet author="test" id="2">
              <pgai:createVectorizer name="v">
                <pgai:source schema="public" table="blog"/>
                <pgai:loading implementation="column" column_name="content"/>
                <pgai:embedding implementation="openai" model="m" dimensions="3"/>
              </pgai:createVectorizer>
            </changeSet>
            """;

    @TempDir
    private Path directory;

    @Test
    void one_creates_and_the_other_waits_and_finds_it() throws Exception {
        try (TestDatabase database = TestDatabases.standard().create();
                Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            Path changelog = directory.resolve("changelog.xml");
            Files.writeString(changelog, Changelogs.xml(TABLE));
            new LiquibaseCommands(directory)
                    .run("update", LiquibaseCommands.on(database, "changelogFile", "changelog.xml"));
            Files.writeString(changelog, Changelogs.xml(TABLE + VECTORIZER));
            // While this holds the table, the first one cannot create, and the second one can only wait.
            connection.setAutoCommit(false);
            statement.execute("lock table public.blog in access exclusive mode");

            Process one = update(database, "one.log");
            Process other = update(database, "other.log");
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
            await(statement, "select count(*) = 2 from databasechangelog");
        }
    }

    private Process update(TestDatabase database, String log) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        UpdateMain.class.getName(),
                        directory.toString(),
                        "changelog.xml",
                        database.url(),
                        database.user(),
                        database.password())
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
