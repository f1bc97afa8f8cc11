package dev.pgai.contract.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.PgaiException;
import dev.pgai.testkit.DatabasePreparer;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.junit.PgaiDatabase;
import dev.pgai.testkit.junit.PgaiExtension;
import dev.pgai.testkit.junit.PgaiTest;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Scripts, then preparers, then vectorizers, once, and every database is a copy. */
class SetupTest {

    private static final AtomicInteger PREPARED = new AtomicInteger();

    /** The composed annotation of a project. */
    @Retention(RetentionPolicy.RUNTIME)
    @PgaiTest(
            scripts = {"classpath:junit/blog.sql", "src/test/resources/junit/posts.sql"},
            preparers = AnotherPost.class,
            vectorizers = "classpath:junit/vectorizers.json")
    @interface BlogTest {}

    static final class AnotherPost implements DatabasePreparer {

        @Override
        public String key() {
            return "1";
        }

        @Override
        public void prepare(DataSource dataSource) throws SQLException {
            PREPARED.incrementAndGet();
            Query.run(
                    dataSource,
                    "insert into blog select posts() + 1, 'second', count(*) || ' vectorizers' from ai.vectorizer");
        }
    }

    @Nested
    @BlogTest
    class ByAnnotation {

        @RepeatedTest(3)
        void every_test_finds_all_of_it(Connection connection) throws SQLException {
            assertSetUp(connection);
            // On a server that stays, an earlier run has prepared it.
            assertThat(PREPARED.get()).isLessThanOrEqualTo(1);
        }
    }

    @Nested
    class ByBuilder {

        @RegisterExtension
        private final PgaiExtension extension =
                PgaiExtension.builder().databases(blog()).build();

        @PgaiDatabase
        private Connection connection;

        @Test
        void every_test_finds_all_of_it() throws SQLException {
            assertSetUp(connection);
        }
    }

    private static TestDatabases blog() {
        return TestDatabases.builder()
                .vectorizers("classpath:junit/vectorizers.json")
                .preparer(new AnotherPost())
                .script("classpath:junit/blog.sql")
                .script("classpath:junit/posts.sql")
                .build();
    }

    private static void assertSetUp(Connection connection) throws SQLException {
        assertThat(Query.text(connection, "select string_agg(title, ',' order by id) from blog"))
                .isEqualTo("first,second");
        assertThat(Query.text(connection, "select content from blog where id = 2"))
                .isEqualTo("0 vectorizers");
        assertThat(Query.text(connection, "select name || ' ' || pending_items from ai.vectorizer_status"))
                .isEqualTo("blog 2");
    }

    @Test
    void works_without_junit() throws SQLException {
        try (TestDatabase database = blog().create();
                Connection connection = database.connection()) {
            assertSetUp(connection);
        }
    }

    @Test
    void another_content_is_another_template(@TempDir Path directory) throws Exception {
        Path script = directory.resolve("schema.sql");
        for (String table : new String[] {"one", "other"}) {
            Files.writeString(script, "create table " + table + " ()");
            try (TestDatabase database = TestDatabases.builder()
                            .script(script.toString())
                            .build()
                            .create();
                    Connection connection = database.connection()) {
                assertThat(Query.text(
                                connection,
                                "select string_agg(relname, ',') from pg_class where relname in ('one', 'other')"))
                        .isEqualTo(table);
            }
        }
    }

    @Test
    void another_key_is_another_template() throws Exception {
        for (String key : new String[] {"one", "other"}) {
            try (TestDatabase database = TestDatabases.builder()
                            .preparer(new Keyed(key, "create table " + key + " ()"))
                            .build()
                            .create();
                    Connection connection = database.connection()) {
                assertThat(Query.text(connection, "select to_regclass('" + key + "')"))
                        .isEqualTo(key);
            }
        }
    }

    private record Keyed(String key, String sql) implements DatabasePreparer {

        @Override
        public void prepare(DataSource dataSource) throws SQLException {
            Query.run(dataSource, sql);
        }
    }

    @Test
    void digests_tell_files_apart(@TempDir Path directory) throws Exception {
        Files.createDirectories(directory.resolve("migrations/more"));
        Path file = Files.writeString(directory.resolve("migrations/more/V1.sql"), "select 1");
        String location = directory.resolve("migrations").toString();
        String before = DatabasePreparer.digest(location);
        assertThat(DatabasePreparer.digest(location)).isEqualTo(before).hasSize(16);

        Files.writeString(file, "select 2");
        String changed = DatabasePreparer.digest(location);
        Files.move(file, file.resolveSibling("V2.sql"));
        assertThat(changed).isNotEqualTo(before).isNotEqualTo(DatabasePreparer.digest(location));

        // A directory on the class path, as files and in a jar.
        assertThat(DatabasePreparer.digest("classpath:junit")).hasSize(16);
        assertThat(DatabasePreparer.digest("classpath:META-INF/maven")).hasSize(16);
    }

    @Test
    void errors_name_what_is_wrong() {
        TestDatabases.Builder builder = TestDatabases.builder();
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> builder.script("classpath:nowhere.sql"))
                .withMessageStartingWith("There is no classpath:nowhere.sql. Write classpath: and a path");
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> builder.script("nowhere.sql"))
                .withMessageStartingWith("There is no nowhere.sql.");
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> DatabasePreparer.digest("classpath:nowhere"))
                .withMessageStartingWith("There is no classpath:nowhere.");
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> builder.vectorizers("classpath:junit/blog.sql"))
                .withMessageStartingWith("classpath:junit/blog.sql: json = ");
    }

    @Test
    void a_failure_is_named_and_leaves_no_template() {
        TestDatabases script =
                TestDatabases.builder().script("classpath:junit/posts.sql").build();
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(script::create)
                .withMessageContaining(
                        "Script classpath:junit/posts.sql, line 1: ERROR: relation \"blog\" does not exist");
        TestDatabases preparer = TestDatabases.builder()
                .preparer(new Keyed("k", "select nonsense()"))
                .build();
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(preparer::create)
                .withMessageContaining(Keyed.class.getName() + " failed: ERROR: function nonsense() does not exist");
        TestDatabases vectorizer = TestDatabases.builder()
                .vectorizers("classpath:junit/vectorizers.json")
                .build();
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(vectorizer::create)
                .withMessageContaining("public.blog");
    }
}
