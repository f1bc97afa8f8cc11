package dev.pgai.contract.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Embeddings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A transaction that does not see what others committed since it began. */
class SnapshotTest {

    static Stream<Consumer<Pgai>> changes() {
        return Stream.of(
                pgai -> pgai.repair("v0"),
                pgai -> pgai.refreshView("v0"),
                pgai -> pgai.disable("v0"),
                pgai -> pgai.drop("v0", Embeddings.KEEP));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void makes_nothing_of_a_vectorizer_that_is_gone(Consumer<Pgai> change) throws SQLException {
        try (Tables tables = new Tables(TestDatabases.standard().create(), 1);
                Connection connection = tables.connect()) {
            Pgai others = Pgai.on(tables.dataSource());
            others.create(Tables.definition(0).build());
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            Pgai pgai = Pgai.on(connection);
            assertThat(pgai.exists("v0")).isTrue();
            others.drop("v0", Embeddings.DROP);

            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> change.accept(pgai))
                    .returns("40001", PgaiDatabaseException::sqlState)
                    .withMessageContaining("run the whole transaction again");

            connection.rollback();
            assertThat(tables.leftOver()).isEmpty();
            assertThat(others.list()).isEmpty();
        }
    }
}
