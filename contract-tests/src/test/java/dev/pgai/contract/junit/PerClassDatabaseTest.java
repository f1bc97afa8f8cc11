package dev.pgai.contract.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.junit.DatabaseLifecycle;
import dev.pgai.testkit.junit.PgaiDatabase;
import dev.pgai.testkit.junit.PgaiTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@PgaiTest(lifecycle = DatabaseLifecycle.PER_CLASS)
class PerClassDatabaseTest {

    private static final Set<Connection> CONNECTIONS = new HashSet<>();

    @PgaiDatabase
    private static TestDatabase shared;

    @PgaiDatabase
    private static String url;

    @PgaiDatabase
    private TestDatabase ofInstance;

    @BeforeAll
    static void isReady(DataSource parameter, Connection connection) throws SQLException {
        assertThat(url).isEqualTo(shared.url());
        Query.run(parameter, "create table shared (i int)");
        CONNECTIONS.add(connection);
    }

    @AfterAll
    static void isStillThere(Connection connection) throws SQLException {
        assertThat(CONNECTIONS).contains(connection);
        assertThat(Query.text(connection, "select count(*) from shared")).isEqualTo("4");
    }

    @RepeatedTest(3)
    void tests_share_the_database_and_not_the_connection(Connection connection) throws SQLException {
        assertThat(ofInstance).isSameAs(shared);
        assertThat(CONNECTIONS.add(connection)).isTrue();
        assertThat(connection.createStatement().executeUpdate("insert into shared values (1)"))
                .isEqualTo(1);
    }

    @Nested
    class Inside {

        @Test
        void shares_it_too(TestDatabase database, DataSource source) throws SQLException {
            assertThat(database).isSameAs(shared).isSameAs(ofInstance);
            Query.run(source, "insert into shared values (1)");
        }
    }

    @Nested
    @PgaiTest
    class InsideWithAnotherChoice {

        @Test
        void has_its_own(TestDatabase database) {
            assertThat(database).isNotSameAs(shared);
        }
    }
}
