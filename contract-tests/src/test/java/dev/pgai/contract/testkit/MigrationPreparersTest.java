package dev.pgai.contract.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.PgaiException;
import dev.pgai.testkit.DatabasePreparer;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.junit.PgaiTest;
import dev.pgai.testkit.migration.FlywayPreparer;
import dev.pgai.testkit.migration.LiquibasePreparer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import liquibase.command.CommandScope;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ready preparers run the user's migrations, and see when one of them has changed. */
class MigrationPreparersTest {

    private static final String ROWS = "select count(*) from blog";

    @Nested
    @PgaiTest(preparers = FlywayPreparer.class, vectorizers = "classpath:junit/vectorizers.json")
    class WithFlyway {

        @Test
        void what_is_where_flyway_looks_for_it_is_run(Connection connection) throws SQLException {
            assertThat(text(connection, ROWS)).isEqualTo("0");
            assertThat(text(connection, "select version from flyway_schema_history where success"))
                    .isEqualTo("1");
        }
    }

    @Nested
    @PgaiTest(preparers = LiquibasePreparer.class, vectorizers = "classpath:junit/vectorizers.json")
    class WithLiquibase {

        /** Without contexts, Liquibase runs all. */
        @Test
        void what_is_where_liquibase_looks_for_it_is_run(Connection connection) throws SQLException {
            assertThat(text(connection, ROWS)).isEqualTo("1");
            assertThat(text(connection, "select count(*) from databasechangelog"))
                    .isEqualTo("2");
            assertThat(text(connection, "select locked from databasechangeloglock"))
                    .isEqualTo("f");
        }
    }

    private static final class Greeting extends FlywayPreparer {

        Greeting(Path directory) {
            super("filesystem:" + directory);
        }

        @Override
        protected void configure(FluentConfiguration configuration) {
            configuration.placeholders(Map.of("greeting", "hello"));
        }
    }

    @Test
    void flyway_has_other_locations_and_settings(@TempDir Path directory) throws Exception {
        Path migration =
                Files.writeString(directory.resolve("V1__greet.sql"), "create table blog as select '${greeting}' x");
        Greeting preparer = new Greeting(directory);
        assertThat(first(preparer, "select x from blog")).isEqualTo("hello");

        String before = preparer.key();
        assertThat(new Greeting(directory).key()).isEqualTo(before);
        Files.writeString(migration, "create table blog as select '${greeting}, you' x");
        assertThat(preparer.key()).isNotEqualTo(before);
        assertThat(first(preparer, "select x from blog")).isEqualTo("hello, you");
    }

    @Test
    void locations_are_written_as_flyway_takes_them() {
        String key = new FlywayPreparer().key();
        assertThat(new FlywayPreparer("db/migration").key()).isEqualTo(key);
        assertThat(new FlywayPreparer("classpath:/db/migration").key()).isEqualTo(key);
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(new FlywayPreparer("classpath:nowhere")::key)
                .withMessageContaining("There is no classpath:nowhere");
    }

    private static final class WithoutDemo extends LiquibasePreparer {

        WithoutDemo() {
            super("classpath:/db/changelog/blog.sql");
        }

        @Override
        protected void configure(CommandScope update) {
            update.addArgumentValue("contexts", "test");
        }
    }

    @Test
    void liquibase_has_another_changelog_and_arguments() throws SQLException {
        assertThat(first(new WithoutDemo(), ROWS)).isEqualTo("0");
    }

    @Test
    void all_that_a_changelog_includes_counts(@TempDir Path directory) throws Exception {
        String location = directory.toString();
        Path included = Files.writeString(directory.resolve("more.sql"), "one");
        LiquibasePreparer preparer = new LiquibasePreparer("db/changelog/db.changelog-master.yaml", location);
        String before = preparer.key();
        assertThat(before).isNotEqualTo(new LiquibasePreparer().key());
        Files.writeString(included, "other");
        assertThat(preparer.key()).isNotEqualTo(before);
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(new LiquibasePreparer("nowhere.yaml")::key)
                .withMessageContaining("There is no classpath:nowhere.yaml");
    }

    @Test
    void a_migration_that_fails_is_named(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("V7__wrong.sql"), "create tabel blog ()");
        TestDatabases databases = TestDatabases.builder()
                .preparer(new FlywayPreparer("filesystem:" + directory))
                .build();
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(databases::create)
                .withMessageContaining("FlywayPreparer failed")
                .withMessageContaining("V7__wrong.sql");
    }

    private static String first(DatabasePreparer preparer, String sql) throws SQLException {
        try (TestDatabase database =
                        TestDatabases.builder().preparer(preparer).build().create();
                Connection connection = database.connection()) {
            return text(connection, sql);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
