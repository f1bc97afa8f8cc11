package dev.pgai.contract.mybatis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.PgaiException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.AutoMappingUnknownColumnBehavior;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The handler is registered by its package; no statement names it. */
class VectorTypeHandlerTest {

    private static PostDatabase database;

    @BeforeAll
    static void createDatabase() throws Exception {
        database = new PostDatabase()
                .execute("create table vectors (id int, v vector)", "create table pairs (v vector(2))");
    }

    @AfterAll
    static void dropDatabase() {
        database.close();
    }

    /** All bits count, also those of the smallest numbers and of the negative zero. */
    @Test
    void every_number_comes_back_bit_for_bit() {
        Random random = new Random(20260101);
        float[] vector = new float[16_000];
        for (int i = 0; i < vector.length; i++) {
            float number = Float.intBitsToFloat(random.nextInt());
            vector[i] = Float.isFinite(number) ? number : Float.MIN_NORMAL;
        }
        float[] edges = {
            0f,
            -0f,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.MIN_NORMAL,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            0.1f,
            16_777_216f,
            1e-10f,
            2e7f
        };
        System.arraycopy(edges, 0, vector, 0, edges.length);
        try (SqlSession session = database.sessions().openSession()) {
            PostMapper mapper = session.getMapper(PostMapper.class);

            mapper.insertVector(1, vector);

            assertThat(bits(Objects.requireNonNull(mapper.vector(1).getEmbedding())))
                    .isEqualTo(bits(vector));
        }
    }

    /** As the docs say: what becomes of it is MyBatis's choice, and one of its settings. */
    @Test
    void a_property_of_another_type_stays_null_unless_mybatis_is_told_to_fail() {
        try (SqlSession session = database.sessions().openSession()) {
            session.getMapper(PostMapper.class).insertVector(7, new float[] {1, 2});
            session.commit();
        }

        try (SqlSession session = listed(AutoMappingUnknownColumnBehavior.NONE)) {
            ListRow row = session.getMapper(ListMapper.class).vector(7);
            assertThat(row.id).isEqualTo(7);
            assertThat(row.embedding).isNull();
        }
        try (SqlSession session = listed(AutoMappingUnknownColumnBehavior.FAILING)) {
            ListMapper mapper = session.getMapper(ListMapper.class);
            assertThatExceptionOfType(PersistenceException.class)
                    .isThrownBy(() -> mapper.vector(7))
                    .withMessageContaining("embedding");
        }
    }

    private static SqlSession listed(AutoMappingUnknownColumnBehavior behavior) {
        Configuration configuration = new Configuration(new Environment(
                "test", new JdbcTransactionFactory(), database.database().dataSource()));
        configuration.setAutoMappingUnknownColumnBehavior(behavior);
        configuration.getTypeHandlerRegistry().register("dev.pgai.mybatis.type");
        configuration.addMapper(ListMapper.class);
        return new SqlSessionFactoryBuilder().build(configuration).openSession();
    }

    /** What a user may write, and is not served. */
    public interface ListMapper {
        @Select("select id, v as embedding from vectors where id = #{id}")
        ListRow vector(int id);
    }

    /** A row with the wrong type. */
    public static final class ListRow {
        private int id;
        private @Nullable List<Float> embedding;
    }

    private static int[] bits(float[] vector) {
        int[] bits = new int[vector.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(vector[i]));
        return bits;
    }

    @Test
    void null_is_null() {
        try (SqlSession session = database.sessions().openSession()) {
            PostMapper mapper = session.getMapper(PostMapper.class);

            mapper.insertVector(2, null);

            assertThat(mapper.vector(2).getId()).isEqualTo(2);
            assertThat(mapper.vector(2).getEmbedding()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void what_is_not_finite_is_refused_with_its_place(float number) {
        try (SqlSession session = database.sessions().openSession()) {
            PostMapper mapper = session.getMapper(PostMapper.class);

            assertThatExceptionOfType(PersistenceException.class)
                    .isThrownBy(() -> mapper.insertVector(3, new float[] {1, number}))
                    .withRootCauseInstanceOf(PgaiException.class)
                    .withStackTraceContaining("vector[1] = " + number + " is refused");
        }
    }

    @Test
    void an_empty_vector_is_refused_with_a_hint() {
        try (SqlSession session = database.sessions().openSession()) {
            PostMapper mapper = session.getMapper(PostMapper.class);

            assertThatExceptionOfType(PersistenceException.class)
                    .isThrownBy(() -> mapper.insertVector(3, new float[0]))
                    .withRootCauseInstanceOf(PgaiException.class)
                    .withStackTraceContaining("give null");
        }
    }

    @Test
    void the_server_refuses_wrong_dimensions() {
        try (SqlSession session = database.sessions().openSession()) {
            assertThatExceptionOfType(PersistenceException.class)
                    .isThrownBy(() -> session.getMapper(PostMapper.class).insertPair(new float[] {1, 2, 3}))
                    .havingRootCause()
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22000"))
                    .withMessageContaining("expected 2 dimensions, not 3");
        }
    }

    /** Where the server cannot infer a parameter's type from its place. */
    @Test
    void a_parameter_has_its_type_with_it() {
        try (SqlSession session = database.sessions().openSession()) {
            assertThat(session.getMapper(PostMapper.class).distanceToItself(new float[] {1, 2}))
                    .isZero();
        }
    }

    /** One handler serves all sessions. */
    @Test
    void many_threads_share_it() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                float number = thread + 0.1f;
                work.add(() -> {
                    try (SqlSession session = database.sessions().openSession()) {
                        PostMapper mapper = session.getMapper(PostMapper.class);
                        for (int i = 0; i < 200; i++) {
                            int id = 1000 + i;
                            mapper.insertVector(id, new float[] {number, i});
                            assertThat(mapper.vector(id).getEmbedding()).containsExactly(number, i);
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
