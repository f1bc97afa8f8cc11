package dev.pgai.contract.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.junit.PgaiDatabase;
import dev.pgai.testkit.junit.PgaiTest;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@PgaiTest
class PerTestDatabaseTest {

    private static final List<String> USED = new ArrayList<>();

    @PgaiDatabase
    private TestDatabase database;

    @PgaiDatabase
    private DataSource dataSource;

    @PgaiDatabase
    Connection connection;

    @PgaiDatabase
    Pgai pgai;

    @PgaiDatabase
    String url;

    @PgaiDatabase
    URI uri;

    @BeforeEach
    void isReady(DataSource parameter) throws SQLException {
        // Fails in a database where another test was before.
        Query.run(parameter, "create table mine (i int)");
        USED.add(database.name());
    }

    @AfterEach
    void isStillThere() throws SQLException {
        assertThat(Query.text(connection, "select to_regclass('mine')")).isEqualTo("mine");
    }

    @AfterAll
    static void eachHadItsOwn() {
        assertThat(USED).hasSize(11).doesNotHaveDuplicates();
    }

    @Test
    void all_fields_are_of_one_database() throws SQLException {
        assertThat(database.name()).startsWith("pgai_test_");
        assertThat(name(connection)).isEqualTo(database.name());
        assertThat(Query.text(dataSource, "select current_database()")).isEqualTo(database.name());
        try (Connection byUrl = DriverManager.getConnection(url)) {
            assertThat(name(byUrl)).isEqualTo(database.name());
        }
        assertThat(uri.toString()).isEqualTo(url);
        assertThat(pgai.list()).isEmpty();
    }

    @Test
    void all_parameters_are_of_the_database_of_the_fields(
            TestDatabase inParameter,
            DataSource source,
            Connection sameConnection,
            Pgai itsVectorizers,
            @PgaiDatabase String itsUrl,
            @PgaiDatabase URI itsUri)
            throws SQLException {
        assertThat(inParameter).isSameAs(database);
        assertThat(Query.text(source, "select current_database()")).isEqualTo(database.name());
        assertThat(sameConnection).isSameAs(connection);
        Query.createVectorizer(source, "destination => ai.destination_table('found')");
        assertThat(itsVectorizers.exists("blog")).isTrue();
        assertThat(itsUrl).isEqualTo(url);
        assertThat(itsUri).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c"})
    void invocations_have_their_own(String argument, Connection own) throws SQLException {
        assertThat(argument).isNotEmpty();
        assertThat(own).isSameAs(connection);
        assertThat(name(own)).isEqualTo(database.name());
    }

    @RepeatedTest(3)
    void repetitions_have_their_own() throws SQLException {
        assertThat(name(connection)).isEqualTo(database.name());
    }

    private static String name(Connection connection) throws SQLException {
        return Query.text(connection, "select current_database()");
    }

    @Nested
    class Inside {

        @PgaiDatabase
        private TestDatabase same;

        @BeforeEach
        void isReadyHereToo(DataSource parameter) throws SQLException {
            Query.run(parameter, "create table inside (i int)");
        }

        @Test
        void has_the_database_of_the_outer_instance() {
            assertThat(same).isSameAs(database);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void and_invocations_their_own(int argument, TestDatabase own) {
            assertThat(argument).isPositive();
            assertThat(own).isSameAs(database).isSameAs(same);
        }
    }
}
