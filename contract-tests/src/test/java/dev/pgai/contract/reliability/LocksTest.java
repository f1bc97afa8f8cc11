package dev.pgai.contract.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.PgaiException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In which order a transaction takes its locks. Whoever waits for the advisory lock of changes must hold nothing that a
 * change waits for, or the two wait for each other for ever.
 */
class LocksTest {

    /** All changes take these in the same mode, which does not conflict with itself, and so does every look. */
    private static final String HELD = """
            select distinct concat_ws(' ', l.relation::regclass, l.mode) from pg_locks l join pg_class c on c.oid = l.relation
            where l.pid = pg_backend_pid() and l.locktype = 'relation' and c.relkind in ('r', 'v', 'p')
            and c.relnamespace <> 'pg_catalog'::regnamespace
            and not (c.relnamespace = 'ai'::regnamespace and c.relname !~ '^_vectorizer_q_')
            union all
            select 'the advisory lock' from pg_locks where pid = pg_backend_pid() and locktype = 'advisory'
            """;

    private static final VectorizerDefinition V = Tables.definition(0).build();

    private Tables tables;

    @BeforeEach
    void createDatabase() throws SQLException {
        tables = new Tables(TestDatabases.standard().create(), 3);
        Pgai pgai = Pgai.on(tables.dataSource());
        pgai.create(V);
        pgai.replacements().start(Operation.anew(V));
        pgai.create(Tables.definition(1)
                .destination(Destination.column("embedding"))
                .chunking(Chunking.none())
                .build());
    }

    @AfterEach
    void dropDatabase() {
        tables.close();
    }

    static List<Operation> looks() {
        return Operation.LOOKS;
    }

    /** Of one that is there, of one that differs from it so that its rows are counted, and of one that is not there. */
    @ParameterizedTest
    @MethodSource("looks")
    void a_look_keeps_no_lock_that_a_change_waits_for(Operation look) throws SQLException {
        for (VectorizerDefinition wanted : List.of(
                V,
                V.toBuilder().chunking(Chunking.none()).build(),
                Tables.definition(2).build())) {
            try (Connection connection = tables.connect()) {
                connection.setAutoCommit(false);
                try {
                    look.run(Pgai.on(connection), wanted);
                } catch (PgaiException e) {
                    assertThat(e).hasMessageContaining("There is no vectorizer");
                }

                assertThat(Tables.query(connection, HELD))
                        .as("after %s of %s", look, wanted.name())
                        .isEmpty();
            }
        }
    }
}
