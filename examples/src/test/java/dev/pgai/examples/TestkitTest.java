package dev.pgai.examples;

import static dev.pgai.testkit.assertj.PgaiAssertions.assertThat;
import static dev.pgai.testkit.worker.TestEmbeddings.chunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.database.Damage;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.DatabasePreparer;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.junit.DatabaseLifecycle;
import dev.pgai.testkit.junit.NothingLeft;
import dev.pgai.testkit.junit.PgaiDatabase;
import dev.pgai.testkit.junit.PgaiExtension;
import dev.pgai.testkit.junit.PgaiTest;
import dev.pgai.testkit.worker.Embedder;
import dev.pgai.testkit.worker.RecordingEmbedder;
import dev.pgai.testkit.worker.TestEmbeddings;
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
    @PgaiTest(scripts = "classpath:blog.sql", vectorizers = "classpath:vectorizers.json")
    class WorkerTest {

        private static final String BREAD = "insert into blog values (1, 'Bread', 'Flour and water.')";

        private final TestDatabase database;

        WorkerTest(TestDatabase database) {
            this.database = database;
        }

        @Test
        void works_in_the_transaction_of_a_test(Connection connection) throws SQLException {
            connection.setAutoCommit(false);
            connection.createStatement().execute(BREAD);
            TestWorker.of(connection, "blog").drain();
            assertThat(connection).vectorizer("blog").hasEmbeddings(1);
            connection.rollback();
            assertThat(connection).vectorizer("blog").hasEmbeddings(0);
        }

        @Test
        void is_asked_what_it_sent(Connection connection) throws SQLException {
            connection.createStatement().execute(BREAD);

            RecordingEmbedder embedder = new RecordingEmbedder(
                    Embedder.ofWords(768).failingFirst(1, new IOException("the model is overloaded")));
            TestWorker worker = TestWorker.builder(database.dataSource(), "blog")
                    .embedder(embedder)
                    .build();
            assertThatThrownBy(worker::drain).hasMessageContaining("overloaded");
            worker.drain();
            assertThat(embedder.texts()).containsExactly("Bread: Flour and water.", "Bread: Flour and water.");
        }

        @Test
        void is_not_needed_for_a_search(Connection connection) throws SQLException {
            connection.createStatement().execute(BREAD);
            float[] vector = new float[768];
            vector[0] = 1;

            TestEmbeddings.of(connection, "blog").chunks(1, chunk("Flour and water.", vector));

            assertThat(connection).vectorizer("blog").chunks().containsExactly("Flour and water.");
        }

        @Test
        void a_damaged_one_is_not_there(Connection connection) throws SQLException {
            connection.createStatement().execute("alter table blog disable trigger user");

            assertThat(database).damagedVectorizer("blog", Damage.Code.TRIGGER_DISABLED);
            Pgai.on(connection).repair("blog");
            assertThat(database).vectorizer("blog").hasNothingPending();
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
