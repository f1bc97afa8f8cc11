package dev.pgai.contract.mybatis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.pgai.mybatis.Neighbour;
import dev.pgai.mybatis.mapper.EmbeddingsMapper;
import dev.pgai.mybatis.mapper.VectorizerMapper;
import dev.pgai.search.Condition;
import dev.pgai.search.Distance;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.testkit.worker.TestWorker;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.session.SqlSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes first is computed here from the vectors, in {@code double}, and must come first there. */
class EmbeddingsMapperTest {

    private static final int POSTS = 40;
    private static final float[] QUERY = {0.3f, -0.2f, 0.9f, 0.1f, -0.7f, 0.05f, 0.4f, -0.35f};
    private static final List<Chunk> CHUNKS = new ArrayList<>();

    private static PostDatabase database;
    private static EmbeddingRelation store;
    private static EmbeddingRelation view;

    /** What the test put in. */
    private record Chunk(int id, String author, int seq, Map<Distance, Double> distances) {

        static Chunk of(int id, String author, int seq, float[] embedding) {
            Map<Distance, Double> distances = new EnumMap<>(Distance.class);
            for (Distance distance : Distance.values()) {
                distances.put(distance, Expected.distance(distance, embedding, QUERY));
            }
            return new Chunk(id, author, seq, distances);
        }

        double to(Distance distance) {
            return Objects.requireNonNull(distances.get(distance));
        }
    }

    @BeforeAll
    static void createDatabase() throws Exception {
        database = new PostDatabase();
        Random random = new Random(42);
        try (SqlSession session = database.sessions().openSession()) {
            VectorizerMapper vectorizers = session.getMapper(VectorizerMapper.class);
            PostMapper posts = session.getMapper(PostMapper.class);
            vectorizers.create(PostDatabase.DEFINITION);
            for (int id = 1; id <= POSTS; id++) {
                String author = id % 3 == 0 ? "ann" : "bob";
                posts.insert(id, author, "title " + id);
                for (int seq = 0; seq < 2; seq++) {
                    float[] embedding = Expected.randomVector(random, PostDatabase.DIMENSIONS);
                    CHUNKS.add(Chunk.of(id, author, seq, embedding));
                    posts.insertEmbedding(id, seq, embedding);
                }
            }
            store = vectorizers
                    .find("posts")
                    .map(stored -> EmbeddingRelation.store(stored.definition(), stored.primaryKey()))
                    .orElseThrow();
            view = EmbeddingRelation.view(PostDatabase.DEFINITION, List.of("id"));
            session.commit();
        }
    }

    @AfterAll
    static void dropDatabase() {
        CHUNKS.clear();
        database.close();
    }

    private static List<Neighbour> nearest(NeighbourSearch search) {
        try (SqlSession session = database.sessions().openSession()) {
            return session.getMapper(EmbeddingsMapper.class).nearest(search);
        }
    }

    private static List<Chunk> expected(Distance distance, int limit, Predicate<Chunk> condition) {
        return CHUNKS.stream()
                .filter(condition)
                .sorted(Comparator.comparingDouble(chunk -> chunk.to(distance)))
                .limit(limit)
                .toList();
    }

    private static void assertSame(List<Neighbour> found, Distance distance, List<Chunk> expected) {
        assertThat(expected).isNotEmpty();
        assertThat(found)
                .extracting(neighbour -> Objects.requireNonNull(neighbour.getKey())
                                .get("id") + "/" + neighbour.getChunkSeq() + "/" + neighbour.getChunk())
                .isEqualTo(expected.stream()
                        .map(chunk -> chunk.id() + "/" + chunk.seq() + "/chunk " + chunk.seq())
                        .toList());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).getDistance()).isCloseTo(expected.get(i).to(distance), within(1e-5));
            assertThat(found.get(i).getEmbeddingUuid()).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Distance.class)
    void store_and_view_give_the_order_of_the_vectors(Distance distance) {
        List<Chunk> all = expected(distance, CHUNKS.size(), chunk -> true);

        assertSame(nearest(store.nearestTo(QUERY, 1000).by(distance)), distance, all);
        assertSame(nearest(view.nearestTo(QUERY, 1000).by(distance)), distance, all);
        assertSame(nearest(store.nearestTo(QUERY, 7).by(distance)), distance, all.subList(0, 7));
    }

    @Test
    void cosine_is_the_default() {
        assertSame(nearest(store.nearestTo(QUERY, 3)), Distance.COSINE, expected(Distance.COSINE, 3, chunk -> true));
    }

    @Test
    void conditions_must_all_hold() {
        assertSame(
                nearest(view.nearestTo(QUERY, 5)
                        .where(Condition.equal("author", "ann"))
                        .where(Condition.greater("id", 10))
                        .where(Condition.atMost("id", 33L))
                        .where(Condition.notEqual("id", 12))
                        .where(Condition.isNotNull("title"))),
                Distance.COSINE,
                expected(
                        Distance.COSINE,
                        5,
                        chunk -> chunk.author().equals("ann")
                                && chunk.id() > 10
                                && chunk.id() <= 33
                                && chunk.id() != 12));
        assertSame(
                nearest(store.nearestTo(QUERY, 50)
                        .where(Condition.oneOf("id", List.of(3, 5, 7)))
                        .where(Condition.less("chunk_seq", 1))
                        .where(Condition.atLeast("id", 4))),
                Distance.COSINE,
                expected(Distance.COSINE, 50, chunk -> (chunk.id() == 5 || chunk.id() == 7) && chunk.seq() == 0));
        assertThat(nearest(view.nearestTo(QUERY, 5).where(Condition.isNull("title"))))
                .isEmpty();
    }

    @Test
    void what_is_farther_is_left_out() {
        double median = expected(Distance.L2, 40, chunk -> true).get(39).to(Distance.L2) + 1e-6;

        assertSame(
                nearest(store.nearestTo(QUERY, 1000).by(Distance.L2).within(median)),
                Distance.L2,
                expected(Distance.L2, 40, chunk -> true));
    }

    /** Texts of a caller are values or quoted names. */
    @Test
    void no_text_becomes_sql() throws SQLException {
        String attack = "x' or true; drop table post; --";
        assertThat(nearest(view.nearestTo(QUERY, 5).where(Condition.equal("author", attack))))
                .isEmpty();
        assertThatExceptionOfType(PersistenceException.class)
                .isThrownBy(() -> nearest(view.nearestTo(QUERY, 5).where(Condition.equal("\" is null or true --", 1))))
                .withStackTraceContaining("\" is null or true --");
        assertThat(database.query("select count(*) from post")).isEqualTo("" + POSTS);
    }

    @Test
    void the_server_refuses_a_vector_of_other_dimensions() {
        assertThatExceptionOfType(PersistenceException.class)
                .isThrownBy(() -> nearest(store.nearestTo(new float[] {1, 2}, 5)))
                .withStackTraceContaining("different vector dimensions");
    }

    /** The names have in them what MyBatis replaces in a script, and what JDBC takes for a parameter. */
    @Test
    void a_column_destination_with_a_composite_key_and_hostile_names() throws Exception {
        Random random = new Random(7);
        try (PostDatabase own = new PostDatabase();
                SqlSession session = own.sessions().openSession()) {
            own.execute(
                    "create table \"p ${x}?\" (\"${a}\" int, \"#{b}?\" text, content text, distance int,"
                            + " primary key (\"#{b}?\", \"${a}\"))",
                    "select ai.create_vectorizer('public.\"p ${x}?\"'::regclass, name => 'hostile',"
                            + " loading => ai.loading_column('content'), chunking => ai.chunking_none(),"
                            + " embedding => ai.embedding_openai('m', 8),"
                            + " destination => ai.destination_column('#{e}'))",
                    "insert into \"p ${x}?\" select i % 5, 'b' || i, 'c', i from generate_series(1, 12) i");
            List<float[]> vectors = new ArrayList<>();
            for (int i = 1; i <= 10; i++) {
                float[] vector = Expected.randomVector(random, 8);
                vectors.add(vector);
                own.execute(
                        "update \"p ${x}?\" set \"#{e}\" = '" + Arrays.toString(vector) + "' where distance = " + i);
            }
            EmbeddingRelation pages = session.getMapper(VectorizerMapper.class)
                    .find("hostile")
                    .map(stored -> EmbeddingRelation.view(stored.definition(), stored.primaryKey()))
                    .orElseThrow();

            List<Neighbour> found = session.getMapper(EmbeddingsMapper.class)
                    .nearest(pages.nearestTo(QUERY, 50).where(Condition.notEqual("${a}", 3)));

            // Rows 11 and 12 wait for their embeddings.
            List<Integer> order = IntStream.rangeClosed(1, 10)
                    .boxed()
                    .filter(i -> i % 5 != 3)
                    .sorted(Comparator.comparingDouble(
                            i -> Expected.distance(Distance.COSINE, vectors.get(i - 1), QUERY)))
                    .toList();
            assertThat(found)
                    .extracting(neighbour ->
                            Objects.requireNonNull(neighbour.getKey()).values())
                    .isEqualTo(order.stream()
                            .map(i -> Map.<String, Object>of("#{b}?", "b" + i, "${a}", i % 5))
                            .toList());
            assertThat(Objects.requireNonNull(found.get(0).getKey()).values().keySet())
                    .containsExactly("#{b}?", "${a}");
            assertThat(found).allSatisfy(neighbour -> {
                assertThat(neighbour.getChunk()).isNull();
                assertThat(neighbour.getChunkSeq()).isNull();
                assertThat(neighbour.getEmbeddingUuid()).isNull();
            });
        }
    }

    @Test
    void a_composite_key_of_a_table_destination() throws Exception {
        try (PostDatabase own = new PostDatabase();
                SqlSession session = own.sessions().openSession()) {
            own.execute(
                    "create table page (nr int, site text, content text, primary key (site, nr))",
                    "insert into page values (1, 'a', 'apples and pears'), (2, 'a', 'ships at sea'),"
                            + " (1, 'b', 'pears, apples, plums')",
                    "select ai.create_vectorizer('page'::regclass, name => 'pages',"
                            + " loading => ai.loading_column('content'),"
                            + " embedding => ai.embedding_openai('m', 64))");
            TestWorker worker = TestWorker.of(own.database(), "pages");
            worker.drain();
            EmbeddingRelation pages = session.getMapper(VectorizerMapper.class)
                    .find("pages")
                    .map(stored -> EmbeddingRelation.store(stored.definition(), stored.primaryKey()))
                    .orElseThrow();

            List<Neighbour> found = session.getMapper(EmbeddingsMapper.class)
                    .nearest(pages.nearestTo(worker.embedder().embed("ships at sea"), 1));

            assertThat(found).singleElement().satisfies(neighbour -> {
                assertThat(Objects.requireNonNull(neighbour.getKey()).values())
                        .containsExactly(Map.entry("site", "a"), Map.entry("nr", 2));
                assertThat(neighbour.getChunk()).isEqualTo("ships at sea");
                assertThat(neighbour.getDistance()).isCloseTo(0, within(1e-6));
            });
        }
    }

    /** The user's own statement in XML, with a result map that extends ours and nests the parent. */
    @Test
    void a_user_extends_the_result_map() {
        try (SqlSession session = database.sessions().openSession()) {
            List<PostNeighbour> found = session.getMapper(PostMapper.class).nearestOf("ann", QUERY, 6);

            List<Chunk> expected =
                    expected(Distance.COSINE, 6, chunk -> chunk.author().equals("ann"));
            assertThat(found)
                    .extracting(neighbour -> neighbour.getPost().getId() + " "
                            + neighbour.getPost().getTitle() + " " + neighbour.getChunk())
                    .isEqualTo(expected.stream()
                            .map(chunk -> chunk.id() + " title " + chunk.id() + " chunk " + chunk.seq())
                            .toList());
            assertThat(found.get(5).getDistance()).isCloseTo(expected.get(5).to(Distance.COSINE), within(1e-5));
        }
    }

    /** The user's own statement by annotations: parents, each with a collection of ours. */
    @Test
    void a_user_nests_the_result_map() {
        try (SqlSession session = database.sessions().openSession()) {
            List<Post> posts = session.getMapper(PostMapper.class).nearestPosts(QUERY, CHUNKS.size());

            List<Chunk> expected = expected(Distance.COSINE, CHUNKS.size(), chunk -> true);
            assertThat(posts)
                    .extracting(Post::getId)
                    .isEqualTo(expected.stream().map(Chunk::id).distinct().toList());
            assertThat(posts).allSatisfy(post -> {
                assertThat(post.getTitle()).isEqualTo("title " + post.getId());
                assertThat(post.getChunks())
                        .extracting(Neighbour::getChunkSeq)
                        .isEqualTo(expected.stream()
                                .filter(chunk -> chunk.id() == post.getId())
                                .map(Chunk::seq)
                                .toList());
            });
        }
    }
}
