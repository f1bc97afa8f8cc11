package dev.pgai.contract.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgai.PgaiException;
import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.TestLocale;
import dev.pgai.testkit.TestServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a database knows of letters, on every lane. A server that somebody else runs has the locale that it has. */
class LocaleTest {

    private static boolean ours;

    @BeforeAll
    static void lookAtTheLane() {
        ours = !TestDatabases.standard().describe().contains(" at ");
    }

    private static final String LETTERS = """
            select concat_ws('|', lower('ÄÖÜÉ'), upper('łøж'), initcap('élan vital'), 'ÄPFEL' ilike 'äpfel', 'É' ~* 'é',
              'é' ~ '\\w', 'ж' ~ '[[:alpha:]]', 'É' similar to '[[:upper:]]')""";

    private static final String KNOWN = "äöüé|ŁØЖ|Élan Vital|t|t|t|t|t";

    @Test
    void letters_of_all_languages_have_upper_and_lower_case() throws SQLException {
        assumeTrue(ours, "the server is somebody else's");
        try (TestDatabase database = TestDatabases.standard().create()) {
            assertThat(text(database, LETTERS)).isEqualTo(KNOWN);
            assertThat(text(database, "select to_tsvector('simple', 'ÄPFEL Élan')"))
                    .isEqualTo("'äpfel':1 'élan':2");
        }
    }

    @Test
    void ascii_is_in_the_order_of_its_code_points() throws SQLException {
        assumeTrue(ours, "the server is somebody else's");
        try (TestDatabase database = TestDatabases.standard().create()) {
            assertThat(
                            text(
                                    database,
                                    "select string_agg(x, '' order by x) from unnest(array['b','A','a','B','_','1','Z','-']) x"))
                    .isEqualTo("-1ABZ_ab");
        }
    }

    /** As an application does that has one for each of its customers. */
    @Test
    void databases_that_a_test_makes_itself_have_it_too() throws SQLException {
        assumeTrue(ours, "the server is somebody else's");
        try (TestDatabase database = TestDatabases.standard().create()) {
            String own = database.name() + "_own";
            try (Connection connection = database.connection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + own);
                try (Connection inOwn =
                        DriverManager.getConnection(database.url().replace("/" + database.name(), "/" + own))) {
                    assertThat(text(inOwn, LETTERS)).isEqualTo(KNOWN);
                } finally {
                    statement.execute("drop database " + own + " with (force)");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "icu:de-DE-u-co-phonebk, Ärger Aergerlich Afrika",
        "icu:sv-SE, Aergerlich Afrika Ärger",
        "libc:C, Aergerlich Afrika Ärger",
    })
    void another_locale_can_be_chosen(String chosen, String sorted) throws SQLException {
        TestDatabases databases = TestDatabases.builder()
                .locale(TestLocale.parse(chosen))
                .script("src/test/resources/junit/blog.sql")
                .build();
        try (TestDatabase database = databases.create()) {
            assertThat(databases.describe()).contains(", locale: " + chosen + ", vector: ");
            assertThat(text(
                            database,
                            "select string_agg(x, ' ' order by x)"
                                    + " from unnest(array['Ärger', 'Afrika', 'Aergerlich']) x"))
                    .isEqualTo(sorted);
            assertThat(text(database, "select lower('Ä')")).isEqualTo(chosen.equals("libc:C") ? "Ä" : "ä");
        }
    }

    @Test
    void a_locale_that_the_server_has_not_is_named() {
        TestDatabases databases = TestDatabases.builder()
                .locale(TestLocale.libc("xx_YY.UTF-8"))
                .catalog(TestCatalog.none())
                .build();
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(databases::create)
                .withMessageContaining(" makes no database of locale libc:xx_YY.UTF-8: ")
                .withMessageContaining("Choose another: builtin:C.UTF-8 from PostgreSQL 17 on, icu: and a language");
    }

    /**
     * Where nothing is chosen, a server of somebody else's is not asked for another locale: it is said which it has.
     */
    @Test
    void that_of_somebody_elses_server_is_said() throws SQLException {
        try (TestDatabase host =
                TestDatabases.builder().catalog(TestCatalog.none()).build().create()) {
            TestDatabases databases = TestDatabases.builder()
                    .server(TestServer.jdbc(host.url().replace("/" + host.name(), "/postgres")))
                    .build();
            String said = databases.describe();
            try (TestDatabase database = databases.create()) {
                String collation = text(
                        database,
                        "select coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale', datcollate)"
                                + " from pg_database d where datname = current_database()");
                assertThat(said.toLowerCase(Locale.ROOT))
                        .containsPattern(
                                ", locale: (builtin|icu|libc):" + collation.toLowerCase(Locale.ROOT) + ", vector: ");
            }
        }
    }

    private static String text(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connection()) {
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
