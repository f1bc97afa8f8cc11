package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.managed.ManyVectorizers;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Readers and writers at once, where there are thousands of vectorizers and a server has the settings that it comes
 * with.
 */
class ManyAtOnceTest {

    /** How many; {@code -Dpgai.test.vectorizers=5000} takes more. */
    private static final int VECTORIZERS = Integer.getInteger("pgai.test.vectorizers", 300);

    private static final int CHANGES = 12;

    private final AtomicInteger writing = new AtomicInteger(2);

    @Test
    void nobody_fails() throws Exception {
        try (TestDatabase database = TestDatabases.standard().create()) {
            try (Connection connection = database.connection()) {
                ManyVectorizers.create(connection, VECTORIZERS);
            }
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<Integer>> done = new ArrayList<>();
                done.add(threads.submit(() -> write(database, 1)));
                done.add(threads.submit(() -> write(database, 2)));
                done.add(threads.submit(() -> read(database, true)));
                done.add(threads.submit(() -> read(database, false)));
                for (Future<Integer> thread : done) {
                    assertThat(thread.get()).isPositive();
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(Pgai.on(database.dataSource()).list()).hasSize(VECTORIZERS);
        }
    }

    /** All changes of the life of a vectorizer, on a table that has others. */
    private int write(TestDatabase database, int number) throws SQLException {
        Pgai pgai = Pgai.on(database.dataSource());
        String name = "mine_" + number;
        VectorizerDefinition definition = VectorizerDefinition.builder(
                        RelationName.of("public", "t" + number), Loading.column("content"), Embedding.openai("m", 3))
                .name(name)
                .destination(Destination.table("mine_" + number))
                .build();
        try {
            for (int i = 0; i < CHANGES; i++) {
                pgai.create(definition);
                pgai.disable(name);
                pgai.enable(name);
                try (Connection connection = database.connection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("drop table public.mine_" + number + "_store cascade");
                }
                assertThat(pgai.repair(name)).isTrue();
                pgai.drop(name, Embeddings.DROP);
            }
        } finally {
            writing.decrementAndGet();
        }
        return CHANGES;
    }

    private int read(TestDatabase database, boolean inTransaction) throws SQLException {
        int reads = 0;
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(!inTransaction);
            Pgai pgai = Pgai.on(connection);
            while (writing.get() > 0 || reads == 0) {
                assertThat(pgai.list())
                        .hasSizeGreaterThanOrEqualTo(VECTORIZERS)
                        .hasSizeLessThanOrEqualTo(VECTORIZERS + 2);
                assertThat(pgai.find("t7_embedding").orElseThrow().isWhole()).isTrue();
                assertThat(pgai.inspect("t8_embedding").isWhole()).isTrue();
                assertThat(pgai.managedObjects().containsRelation("public", "t9_embedding"))
                        .isTrue();
                reads++;
                if (inTransaction && reads % 3 == 0) {
                    connection.commit();
                }
            }
        }
        return reads;
    }
}
