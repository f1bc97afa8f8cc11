package dev.pgai.contract.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgai.PgaiException;
import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts as people and tools write them, and what is said of one that fails. */
class ScriptTest {

    @TempDir
    private Path directory;

    private TestDatabases databases(byte[] script) throws IOException {
        return TestDatabases.builder()
                .script(Files.write(directory.resolve("script.sql"), script).toString())
                .build();
    }

    private TestDatabases databases(String script) throws IOException {
        return databases(script.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_dump_of_pg_dump_is_read() throws SQLException {
        TestDatabases databases =
                TestDatabases.builder().script("classpath:junit/dump.sql").build();
        try (TestDatabase database = databases.create();
                Connection connection = database.connection()) {
            assertThat(text(
                            connection,
                            "select string_agg(concat_ws('|', id, name, price, note), ';' order by id)"
                                    + " from shop.item"))
                    .isEqualTo("1|Bread|2.50|two\nlines\tand a tab;2|Sails \\ rope|\\.;3|Äpfel|3.00");
            assertThat(text(connection, "select shop.total() || shop.body()")).isEqualTo("5.50a; b");
            assertThat(text(connection, "select b from shop.\"Odd \"\"name\"")).isEqualTo("ü");
            assertThat(text(connection, "select count(*) from shop.priced")).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, ef bb bf", "UTF-16LE, ff fe", "UTF-16BE, fe ff"})
    void a_mark_at_the_beginning_says_how_it_is_written(String charset, String mark) throws Exception {
        String sql = "\ufeffcreate table t (a text);\r\ninsert into t values ('Äpfel')";
        byte[] script = sql.getBytes(Charset.forName(charset));
        assertThat(String.format("%02x %02x", script[0], script[1])).isEqualTo(mark.substring(0, 5));
        try (TestDatabase database = databases(script).create();
                Connection connection = database.connection()) {
            assertThat(text(connection, "select a from t")).isEqualTo("Äpfel");
        }
    }

    @Test
    void a_text_of_another_kind_is_refused() {
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> databases("select 'Äpfel'".getBytes(StandardCharsets.ISO_8859_1)))
                .withMessageEndingWith("script.sql is not a text in UTF-8. Save it in UTF-8.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create table t (a int);@@select b@from t@where c | 3",
                "create table t (a int);@select a@from@t@where c | 5",
                "create table t (a int);@copy t from stdin;@1@x@2@\\.@ | 2",
                "create function f() returns int language plpgsql as $$@begin@return 1@end $$; | 4"
            })
    void the_line_of_an_error_is_named(String script, int line) {
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> databases(script.replace('@', '\n')).create())
                .withMessageContaining("script.sql, line " + line + ": ERROR: ");
    }

    /** Roles are of the server: the second script of a kind finds that of the first. */
    @Test
    void a_role_that_is_there_is_explained_and_the_idiom_works() throws Exception {
        String role = "app_" + UUID.randomUUID().toString().replace('-', '_');
        try (TestDatabase host = TestDatabases.builder()
                        .catalog(TestCatalog.none())
                        .build()
                        .create();
                Connection connection = host.connection();
                Statement statement = connection.createStatement()) {
            assumeTrue("on".equals(text(connection, "show is_superuser")), "the role may not make roles");
            databases("create role " + role).create().close();
            assertThatExceptionOfType(PgaiException.class)
                    .isThrownBy(() ->
                            databases("select 1;\ncreate role " + role + ";").create())
                    .withMessageContaining("script.sql, line 2: ERROR: role \"" + role + "\" already exists")
                    .withMessageContaining("Roles are of the server, not of the database: another script, or an earlier"
                            + " run, has made it. Make it where it is missing: do $$ begin create role ...;"
                            + " exception when duplicate_object or unique_violation then null; end $$");
            for (String table : new String[] {"a", "b"}) {
                databases("do $$ begin create role " + role
                                + "; exception when duplicate_object or unique_violation then null; end $$;"
                                + " create table " + table + " ()")
                        .create()
                        .close();
            }
            statement.execute("drop role " + role);
        }
    }

    @Test
    void what_cannot_be_in_a_transaction_is_explained() {
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> databases("create table t (a int);\ncreate index concurrently on t (a);")
                        .create())
                .withMessageContaining("script.sql, line 2: ERROR: ")
                .withMessageContaining("A script runs in a transaction. Leave out what cannot, such as concurrently.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index on t using ivfflat (v vector_l2_ops) with (lists = 100)",
                "CREATE INDEX i ON t\nUSING \"hnsw\" (v vector_cosine_ops) -- a comment\nWITH ( ef_construction = 8 )",
                "create table u (h halfvec(3))",
                "select '[1,2]'::halfvec",
                "select v::halfvec from t",
                "create table u (h sparsevec(3))",
                "select '{1:1}/2'::sparsevec",
                "select '1'::bit(1) <~> '0'::bit(1)",
                "select '1'::bit(1) <%> '0'::bit(1)",
                "create index on t using hnsw ((v::halfvec(3)) halfvec_l2_ops)",
                "create index on t using hnsw ((binary_quantize(v)::bit(3)) bit_hamming_ops)",
                "select vector_spherical_distance(v, v) from t",
                "select l2_normalise(v) from t",
                "select v <&> v from t"
            })
    void an_error_of_a_gap_names_the_standin_and_the_way_to_the_real_one(String sql) throws Exception {
        try (TestDatabase database = TestDatabases.standard().create();
                Connection connection = database.connection()) {
            assumeTrue(
                    text(connection, "select extversion from pg_extension where extname = 'vector'")
                            .endsWith("-standin"),
                    "this lane has the real pgvector");
        }
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> databases("create table t (v vector(3)); insert into t values ('[1,2,3]');\n" + sql)
                        .create())
                .withMessageContaining("the stand-in for pgvector")
                .withMessageContaining("pgai.test.server=testcontainers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index on t using ivfflat (v vector_l2_ops) with (lists = 100)",
                "select '[1,2]'::halfvec",
                "create table u (h halfvec(3))",
                "select '1'::bit(1) <~> '0'::bit(1)"
            })
    void a_test_is_told_by_the_server_itself(String sql) throws Exception {
        try (TestDatabase database = TestDatabases.standard().create();
                Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            assumeTrue(
                    text(connection, "select extversion from pg_extension where extname = 'vector'")
                            .endsWith("-standin"),
                    "this lane has the real pgvector");
            statement.execute("create table t (v vector(3))");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute(sql))
                    .withMessageContaining("is not in the stand-in for pgvector")
                    .withMessageContaining("Hint: ")
                    .withMessageContaining("pgai.test.server=testcontainers");
        }
    }

    /** What only looks like an option of an index is none. */
    @Test
    void other_statements_are_left_alone() throws Exception {
        try (TestDatabase database = databases("""
                create table t (v vector(3), m int) with (fillfactor = 70);
                -- create index on t using hnsw (v vector_l2_ops) with (m = 16)
                create index on t using hnsw (v vector_l2_ops);
                create index on t (m) with (fillfactor = 70);
                /* create index on t using ivfflat (v vector_l2_ops) with (lists = 16) */ create index on t (m);
                """).create()) {
            assertThat(database.name()).isNotEmpty();
        }
    }

    @Test
    void a_gap_of_the_catalog_is_named() throws IOException {
        Path script = Files.writeString(directory.resolve("catalog.sql"), "select ai.create_semantic_catalog('x')");
        TestDatabases databases = TestDatabases.builder()
                .catalog(TestCatalog.standin())
                .script(script.toString())
                .build();
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(databases::create)
                .withMessageContaining("This database has the stand-in for the pgai catalog, for tests only")
                .withMessageContaining("pgai.test.catalog=pgai-0.12.1-py3-none-any.whl");
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
