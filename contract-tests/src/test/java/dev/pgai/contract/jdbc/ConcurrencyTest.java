package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.CreatedVectorizer;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many do the same at once. */
class ConcurrencyTest {

    private static final int THREADS = 8;

    private final VectorizerDefinition definition = Blog.definition().build();
    private Blog blog;

    @BeforeEach
    void createDatabase() throws SQLException {
        blog = new Blog();
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        blog.close();
    }

    enum Caller {
        AUTOCOMMIT,
        TRANSACTION,
        DATA_SOURCE
    }

    @ParameterizedTest
    @EnumSource
    void one_of_many_creates_and_the_others_find_it(Caller caller) throws Exception {
        List<CreatedVectorizer> present = atOnce(caller, pgai -> pgai.createIfAbsent(definition));

        assertThat(present).filteredOn(CreatedVectorizer::created).hasSize(1);
        assertThat(present)
                .extracting(CreatedVectorizer::id)
                .containsOnly(present.get(0).id());
        assertThat(blog.traces()).isEqualTo("1 4 2");
    }

    @ParameterizedTest
    @EnumSource
    void one_of_many_drops_and_the_others_find_nothing(Caller caller) throws Exception {
        Pgai.on(blog.dataSource()).create(definition);

        List<Boolean> dropped = atOnce(caller, pgai -> pgai.dropIfExists("v", Embeddings.DROP));

        assertThat(dropped).hasSize(THREADS).filteredOn(Boolean::booleanValue).hasSize(1);
        assertThat(blog.traces()).isEqualTo("0 0 0");
    }

    private <T> List<T> atOnce(Caller caller, Function<Pgai, T> operation) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                futures.add(threads.submit(() -> call(caller, start, operation)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(60, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private <T> T call(Caller caller, CyclicBarrier start, Function<Pgai, T> operation) throws Exception {
        if (caller == Caller.DATA_SOURCE) {
            start.await(60, TimeUnit.SECONDS);
            return operation.apply(Pgai.on(blog.dataSource()));
        }
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(caller == Caller.AUTOCOMMIT);
            start.await(60, TimeUnit.SECONDS);
            T result = operation.apply(Pgai.on(connection));
            if (caller == Caller.TRANSACTION) {
                connection.commit();
            }
            return result;
        }
    }

    /** Readers lock the view and then the source; a change that locks them the other way round would be their end. */
    @Test
    void no_search_fails_because_a_vectorizer_is_dropped() throws Exception {
        Pgai pgai = Pgai.on(blog.dataSource());
        pgai.create(definition);
        AtomicBoolean dropping = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                readers.add(threads.submit(() -> search(dropping)));
            }
            for (int i = 0; i < 8; i++) {
                pgai.refreshView("v");
                pgai.drop("v", Embeddings.DROP);
                pgai.create(definition);
                blog.execute(
                        "drop trigger _vectorizer_src_trg_" + pgai.inspect("v").id() + " on public.blog");
                pgai.repair("v");
            }
            dropping.set(false);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get(60, TimeUnit.SECONDS)).isPositive();
            }
        } finally {
            dropping.set(false);
            threads.shutdownNow();
        }
    }

    /** All that may happen is that there is no view at the moment. */
    private int search(AtomicBoolean dropping) throws SQLException {
        int searches = 0;
        try (Connection connection = blog.connect()) {
            while (dropping.get()) {
                try {
                    Blog.query(connection, "select count(*) from public.blog_embeddings");
                    searches++;
                } catch (SQLException e) {
                    if (!"42P01".equals(e.getSQLState())) {
                        throw e;
                    }
                }
            }
        }
        return searches;
    }

    /** The first has not committed when the second comes, and then does. */
    @Test
    void the_second_waits_for_the_transaction_of_the_first() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection first = blog.connect()) {
            first.setAutoCommit(false);
            Pgai.on(first).createIfAbsent(definition);

            Future<CreatedVectorizer> second =
                    thread.submit(() -> Pgai.on(blog.dataSource()).createIfAbsent(definition));
            blog.awaitWaiting("advisory");
            assertThat(second.isDone()).isFalse();
            first.commit();

            assertThat(second.get(60, TimeUnit.SECONDS).created()).isFalse();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void the_second_creates_when_the_first_rolls_back() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection first = blog.connect()) {
            first.setAutoCommit(false);
            Pgai.on(first).createIfAbsent(definition);

            Future<CreatedVectorizer> second =
                    thread.submit(() -> Pgai.on(blog.dataSource()).createIfAbsent(definition));
            blog.awaitWaiting("advisory");
            first.rollback();

            assertThat(second.get(60, TimeUnit.SECONDS).created()).isTrue();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void the_lock_is_the_documented_one() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection other = blog.connect()) {
            Blog.query(other, "select pg_advisory_lock(" + VectorizerChange.LOCK + ")");

            Future<CreatedVectorizer> waiting =
                    thread.submit(() -> Pgai.on(blog.dataSource()).createIfAbsent(definition));
            blog.awaitWaiting("advisory");
            Blog.query(other, "select pg_advisory_unlock(" + VectorizerChange.LOCK + ")");

            assertThat(waiting.get(60, TimeUnit.SECONDS).created()).isTrue();
        } finally {
            thread.shutdownNow();
        }
    }
}
