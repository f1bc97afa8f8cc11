package dev.pgai.examples;

import static dev.pgai.testkit.assertj.PgaiAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.DatabasePreparer;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.junit.DatabaseLifecycle;
import dev.pgai.testkit.junit.NothingLeft;
import dev.pgai.testkit.junit.PgaiDatabase;
import dev.pgai.testkit.junit.PgaiExtension;
import dev.pgai.testkit.junit.PgaiTest;
import dev.pgai.testkit.worker.TestWorker;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The Java of {@code docs/testkit.md}. */
class TestkitTest {

    @Nested
    @PgaiTest(scripts = "classpath:blog.sql", vectorizers = "classpath:vectorizers.json")
    class BlogTest {

        @Test
        void is_found_by_meaning(TestDatabase database, Connection connection) throws Exception {
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "insert into blog values (1, 'Bread', 'Flour and water.'), (2, 'Sails', 'Wind and rope.')");
            }

            TestWorker worker = TestWorker.of(database, "blog");
            worker.drain();

            assertThat(database)
                    .vectorizer("blog")
                    .hasNothingPending()
                    .hasNoErrors()
                    .hasEmbeddings(2);
            try (PreparedStatement search = connection.prepareStatement(
                    "select chunk from blog_embedding order by embedding <=> ?::vector limit 1")) {
                search.setString(1, Arrays.toString(worker.embedder().embed("bread of flour")));
                try (ResultSet found = search.executeQuery()) {
                    assertThat(found.next()).isTrue();
                    assertThat(found.getString(1)).isEqualTo("Bread: Flour and water.");
                }
            }
        }
    }

    @Nested
    @PgaiTest(scripts = "classpath:blog.sql")
    class MigrationTest {

        @PgaiDatabase
        private DataSource dataSource;

        @Test
        @NothingLeft
        void can_be_undone() throws SQLException {
            try (Connection connection = dataSource.getConnection()) {
                BlogMigration.upgrade(connection);
                BlogMigration.downgrade(connection);
            }
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @PgaiTest(preparers = Migrations.class, lifecycle = DatabaseLifecycle.PER_CLASS)
    @interface DatabaseTest {}

    static final class Migrations implements DatabasePreparer {

        @Override
        public String key() {
            return DatabasePreparer.digest("src/test/resources/blog.sql");
        }

        @Override
        public void prepare(DataSource dataSource) throws SQLException, IOException {
            // Flyway.configure().dataSource(dataSource).load().migrate();
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(Files.readString(Path.of("src/test/resources/blog.sql")));
            }
        }
    }

    @Nested
    @DatabaseTest
    class Composed {

        @Test
        void has_the_migrated_table(Pgai pgai) {
            pgai.create(BlogMigration.VECTORIZER);
        }
    }

    @Nested
    class Registered {

        @RegisterExtension
        static final PgaiExtension PGAI = PgaiExtension.builder()
                .databases(TestDatabases.builder().script("classpath:blog.sql").build())
                .lifecycle(DatabaseLifecycle.PER_CLASS)
                .build();

        @Test
        void has_the_table(Pgai pgai) {
            pgai.create(BlogMigration.VECTORIZER);
        }
    }

    @Test
    void without_junit() throws SQLException {
        TestDatabases databases = TestDatabases.builder()
                .script("classpath:blog.sql")
                .vectorizers("classpath:vectorizers.json")
                .build();
        try (TestDatabase database = databases.create();
                Connection connection = database.connection()) {
            assertThat(Pgai.on(connection).exists("blog")).isTrue();
        }
    }
}
