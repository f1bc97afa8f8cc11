package dev.pgai.contract.mybatis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.pgai.InvalidArgumentException;
import dev.pgai.contract.search.Expected;
import dev.pgai.database.RefusedException;
import dev.pgai.mybatis.mapper.EmbeddingsMapper;
import dev.pgai.mybatis.mapper.VectorizerMapper;
import dev.pgai.search.ColumnType;
import dev.pgai.search.ColumnTypes;
import dev.pgai.search.Condition;
import dev.pgai.search.Distance;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.Neighbour;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.vectorizer.RelationName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import org.apache.ibatis.annotations.CacheNamespace;
import org.apache.ibatis.cache.Cache;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.session.SqlSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is MyBatis's own in a search; what a search finds is tested for every way to run one. */
class EmbeddingsMapperTest {

    private static final int POSTS = 40;
    private static final float[] QUERY = {0.3f, -0.2f, 0.9f, 0.1f, -0.7f, 0.05f, 0.4f, -0.35f};
    private static final List<Chunk> CHUNKS = new ArrayList<>();

    private static PostDatabase database;
    private static EmbeddingRelation store;
    private static EmbeddingRelation view;

    /** What the test put in. */
    private record Chunk(int id, String author, int seq, double distance) {}

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
                    CHUNKS.add(new Chunk(id, author, seq, Expected.distance(Distance.COSINE, embedding, QUERY)));
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

    private static List<Chunk> expected(int limit, Predicate<Chunk> condition) {
        return CHUNKS.stream()
                .filter(condition)
                .sorted(Comparator.comparingDouble(Chunk::distance))
                .limit(limit)
                .toList();
    }

    private static void assertSame(List<Neighbour> found, List<Chunk> expected) {
        assertThat(expected).isNotEmpty();
        assertThat(found)
                .extracting(neighbour -> neighbour.key("id") + "/" + neighbour.chunkSeq() + "/" + neighbour.chunk())
                .isEqualTo(expected.stream()
                        .map(chunk -> chunk.id() + "/" + chunk.seq() + "/chunk " + chunk.seq())
                        .toList());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).distance()).isCloseTo(expected.get(i).distance(), within(1e-5));
            assertThat(found.get(i).embeddingUuid()).isNotNull();
        }
    }

    @Test
    void a_search_finds_what_every_other_way_finds() {
        assertSame(nearest(store.nearestTo(QUERY, 3)), expected(3, chunk -> true));
        assertSame(
                nearest(view.nearestTo(QUERY, 5).where(Condition.equal("author", "ann"))),
                expected(5, chunk -> chunk.author().equals("ann")));
    }

    /** Texts of a caller are values or quoted names. */
    @Test
    void no_text_becomes_sql() throws SQLException {
        String attack = "x' or true; drop table post; --";
        assertThat(nearest(view.nearestTo(QUERY, 5).where(Condition.equal("author", attack))))
                .isEmpty();
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> nearest(view.nearestTo(QUERY, 5).where(Condition.equal("\" is null or true --", 1))))
                .withMessageContaining("not among the columns");
        EmbeddingRelation attacked = store.with(
                ColumnTypes.vectorIn("public").and("\" is null or true --", ColumnType.of("pg_catalog", "int4")));
        assertThatExceptionOfType(PersistenceException.class)
                .isThrownBy(
                        () -> nearest(attacked.nearestTo(QUERY, 5).where(Condition.equal("\" is null or true --", 1))))
                .withStackTraceContaining("\" is null or true --");
        assertThat(database.query("select count(*) from post")).isEqualTo("" + POSTS);
    }

    @Test
    void what_the_look_refuses_comes_out_as_it_is() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> nearest(store.nearestTo(new float[] {1, 2}, 5)))
                .withMessageContaining("have 8 dimensions");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(
                        () -> nearest(EmbeddingRelation.column(RelationName.of("public", "nope"), List.of("id"), "e")
                                .nearestTo(QUERY, 5)))
                .withMessageContaining("There is no table or view \"public\".\"nope\"");
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> nearest(nothing()))
                .withMessageContaining("search is not set");
    }

    @SuppressWarnings("NullAway") // as a caller without NullAway may
    private static NeighbourSearch nothing() {
        return null;
    }

    /** They would have to hold on one connection, which a mapper cannot know. */
    @Test
    void settings_are_refused_with_the_way_that_has_them() {
        NeighbourSearch search = store.nearestTo(QUERY, 3).efSearch(100);
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> nearest(search))
                .withMessageContaining("call(pgai -> pgai.nearest(search))");

        try (SqlSession session = database.sessions().openSession()) {
            List<Neighbour> found = session.getMapper(VectorizerMapper.class).call(pgai -> pgai.nearest(search));
            assertSame(found, expected(3, chunk -> true));
        }
    }

    /** A look is not work: nothing is left to be committed, and what was found before stays in the session's cache. */
    @Test
    void a_session_is_as_clean_as_before() throws SQLException {
        try (SqlSession session = database.sessions().openSession()) {
            PostMapper posts = session.getMapper(PostMapper.class);
            List<Post> before = posts.nearestPosts(QUERY, 3);
            session.getMapper(EmbeddingsMapper.class).nearest(store.nearestTo(QUERY, 3));
            assertThat(posts.nearestPosts(QUERY, 3)).isSameAs(before);

            posts.insert(1000, "eve", "not committed");
            session.getMapper(EmbeddingsMapper.class).nearest(store.nearestTo(QUERY, 3));
            session.rollback();
        }
        assertThat(database.query("select count(*) from post")).isEqualTo("" + POSTS);
    }

    /** The user's own statement in XML, with a result map that has ours for a property. */
    @Test
    void a_user_takes_the_result_map_for_a_property() {
        try (SqlSession session = database.sessions().openSession()) {
            assertPosts(session.getMapper(PostMapper.class).nearestOf("ann", QUERY, 6));
        }
    }

    private static Neighbour neighbour(PostNeighbour nearest) {
        return Objects.requireNonNull(nearest.getNeighbour());
    }

    private static void assertPosts(List<PostNeighbour> found) {
        List<Chunk> expected = expected(6, chunk -> chunk.author().equals("ann"));
        assertThat(found)
                .extracting(nearest -> nearest.getPost().getId() + " "
                        + nearest.getPost().getTitle() + " "
                        + neighbour(nearest).chunk())
                .isEqualTo(expected.stream()
                        .map(chunk -> chunk.id() + " title " + chunk.id() + " chunk " + chunk.seq())
                        .toList());
        assertThat(found).extracting(nearest -> neighbour(nearest).key()).containsOnlyNulls();
        assertThat(found)
                .extracting(nearest -> neighbour(nearest).embeddingUuid())
                .doesNotContainNull();
        assertThat(neighbour(found.get(5)).distance()).isCloseTo(expected.get(5).distance(), within(1e-5));
    }

    /** The mapper has a cache, which serializes what it holds. */
    @Test
    void what_was_found_survives_a_second_level_cache() {
        Cache cache = database.sessions().getConfiguration().getCache(PostMapper.class.getName());
        List<PostNeighbour> first;
        try (SqlSession session = database.sessions().openSession()) {
            first = session.getMapper(PostMapper.class).nearestOf("ann", QUERY, 6);
        }
        assertThat(cache.getSize()).isPositive();

        try (SqlSession session = database.sessions().openSession()) {
            List<PostNeighbour> second = session.getMapper(PostMapper.class).nearestOf("ann", QUERY, 6);

            assertThat(second).isNotSameAs(first);
            assertThat(neighbour(second.get(0)))
                    .isEqualTo(neighbour(first.get(0)))
                    .isNotSameAs(neighbour(first.get(0)));
            assertPosts(second);
        }
    }

    /** The mapper of a user may take over the whole search, and give it a cache. */
    @Test
    void a_search_survives_a_second_level_cache() {
        database.sessions().getConfiguration().addMapper(CachedEmbeddings.class);
        NeighbourSearch search = view.nearestTo(QUERY, 5).where(Condition.equal("author", "ann"));
        List<Neighbour> first;
        try (SqlSession session = database.sessions().openSession()) {
            first = session.getMapper(CachedEmbeddings.class).nearest(search);
        }
        Cache cache = database.sessions().getConfiguration().getCache(CachedEmbeddings.class.getName());
        assertThat(cache.getSize()).isEqualTo(1);

        try (SqlSession session = database.sessions().openSession()) {
            List<Neighbour> second = session.getMapper(CachedEmbeddings.class).nearest(search);

            assertThat(second).isEqualTo(first).isNotSameAs(first);
            assertSame(second, expected(5, chunk -> chunk.author().equals("ann")));
        }
    }

    /** As a user writes it. */
    @CacheNamespace
    public interface CachedEmbeddings extends EmbeddingsMapper {}

    /** The user's own statement by annotations: parents, each with a collection of ours. */
    @Test
    void a_user_nests_the_result_map() {
        try (SqlSession session = database.sessions().openSession()) {
            List<Post> posts = session.getMapper(PostMapper.class).nearestPosts(QUERY, CHUNKS.size());

            List<Chunk> expected = expected(CHUNKS.size(), chunk -> true);
            assertThat(posts)
                    .extracting(Post::getId)
                    .isEqualTo(expected.stream().map(Chunk::id).distinct().toList());
            assertThat(posts).allSatisfy(post -> {
                assertThat(post.getTitle()).isEqualTo("title " + post.getId());
                assertThat(post.getChunks())
                        .extracting(Neighbour::chunkSeq)
                        .isEqualTo(expected.stream()
                                .filter(chunk -> chunk.id() == post.getId())
                                .map(Chunk::seq)
                                .toList());
            });
        }
    }
}
