package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** How often each operation asks the database, in a caller's transaction. */
class RoundTripsTest {

    private static final VectorizerDefinition BLOG = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 3))
            .name("blog")
            .build();

    private interface Operation {
        void on(Pgai pgai);
    }

    @Test
    void are_few_and_known() throws SQLException {
        try (TestDatabase database = TestDatabases.standard().create();
                Connection connection = database.connection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table blog (id int primary key, content text)");
            }
            connection.setAutoCommit(false);

            assertThat(statements(connection, pgai -> pgai.check(BLOG))).isEqualTo(1);
            assertThat(statements(connection, pgai -> pgai.create(BLOG)))
                    .as("lock, check, create")
                    .isEqualTo(3);
            assertThat(statements(connection, pgai -> pgai.exists("blog"))).isEqualTo(2);
            assertThat(statements(connection, pgai -> pgai.find("blog"))).isEqualTo(2);
            assertThat(statements(connection, Pgai::list)).isEqualTo(2);
            assertThat(statements(connection, Pgai::inspect))
                    .as("look, objects, orphans")
                    .isEqualTo(3);
            assertThat(statements(connection, Pgai::managedObjects)).isEqualTo(1);
            assertThat(statements(connection, pgai -> pgai.enable("blog")))
                    .as("look, lock, row, change")
                    .isEqualTo(4);
            assertThat(statements(connection, pgai -> pgai.drop("blog", Embeddings.DROP)))
                    .as("look, lock, row with owners, change")
                    .isEqualTo(4);
        }
    }

    private static int statements(Connection connection, Operation operation) {
        Spy spy = Spy.on(connection);
        operation.on(Pgai.on(spy.connection()));
        return spy.statements();
    }
}
