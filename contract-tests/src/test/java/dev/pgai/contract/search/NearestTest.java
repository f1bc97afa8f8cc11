package dev.pgai.contract.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pgai.search.Condition;
import dev.pgai.search.Distance;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.IterativeScan;
import dev.pgai.search.Neighbour;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is found, by every way to search. What comes first is computed here from the vectors, in {@code double}. */
class NearestTest {

    private static final int POSTS = 40;
    private static final float[] QUERY = {0.3f, -0.2f, 0.9f, 0.1f, -0.7f, 0.05f, 0.4f, -0.35f};
    private static final List<Chunk> CHUNKS = new ArrayList<>();

    private static final VectorizerDefinition POST = VectorizerDefinition.builder(
                    RelationName.of("public", "post"), Loading.column("content"), Embedding.openai("m", QUERY.length))
            .name("posts")
            .destination(Destination.table("post_embeddings"))
            .build();

    private static final EmbeddingRelation STORE = EmbeddingRelation.store(POST, List.of("id"));
    private static final EmbeddingRelation VIEW = EmbeddingRelation.view(POST, List.of("id"));

    /**
     * What MyBatis, Hibernate, jOOQ or JDBC replace or take for a parameter, and what ends a name, a text or a line.
     */
    private static final String ODD = "${x} #{y} :z ? {d} 'q\" -- /* \\ % ;";

    private static SearchDatabase database;

    /** What the test put in. */
    private record Chunk(int id, String author, int seq, Map<Distance, Double> distances) {
        double to(Distance distance) {
            return Objects.requireNonNull(distances.get(distance));
        }
    }

    @BeforeAll
    static void createDatabase() throws SQLException {
        database = SearchDatabase.withCatalog();
        database.execute(
                "create table post (id int primary key, author text not null, title text not null, content text)");
        database.pgai().create(POST);
        Random random = new Random(42);
        try (Connection connection = database.connect()) {
            for (int id = 1; id <= POSTS; id++) {
                String author = id % 3 == 0 ? "ann" : "bob";
                SearchDatabase.execute(
                        connection, "insert into post values (" + id + ", '" + author + "', 'title " + id + "')");
                for (int seq = 0; seq < 2; seq++) {
                    float[] embedding = Expected.randomVector(random, QUERY.length);
                    CHUNKS.add(new Chunk(
                            id,
                            author,
                            seq,
                            Stream.of(Distance.values())
                                    .collect(Collectors.toMap(
                                            distance -> distance,
                                            distance -> Expected.distance(distance, embedding, QUERY)))));
                    SearchDatabase.execute(
                            connection,
                            "insert into post_embeddings_store (id, chunk_seq, chunk, embedding) values (" + id + ", "
                                    + seq + ", 'chunk " + seq + "', '" + Arrays.toString(embedding) + "')");
                }
            }
        }
    }

    @AfterAll
    static void dropDatabase() {
        CHUNKS.clear();
        database.close();
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
                .extracting(neighbour -> neighbour.key("id") + "/" + neighbour.chunkSeq() + "/" + neighbour.chunk())
                .isEqualTo(expected.stream()
                        .map(chunk -> chunk.id() + "/" + chunk.seq() + "/chunk " + chunk.seq())
                        .toList());
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).distance()).isCloseTo(expected.get(i).to(distance), within(1e-5));
            assertThat(found.get(i).embeddingUuid()).isNotNull();
        }
    }

    static Stream<Arguments> distancesByWay() {
        return Stream.of(Way.values())
                .flatMap(way -> Stream.of(Distance.values()).map(distance -> Arguments.of(way, distance)));
    }

    @ParameterizedTest
    @MethodSource("distancesByWay")
    void store_and_view_give_the_order_of_the_vectors(Way way, Distance distance) throws SQLException {
        List<Chunk> all = expected(distance, CHUNKS.size(), chunk -> true);

        assertSame(way.nearest(database, STORE.nearestTo(QUERY, 1000).by(distance)), distance, all);
        assertSame(way.nearest(database, VIEW.nearestTo(QUERY, 1000).by(distance)), distance, all);
        assertSame(way.nearest(database, STORE.nearestTo(QUERY, 7).by(distance)), distance, all.subList(0, 7));
        double median = all.get(39).to(distance) + 1e-6;
        assertSame(
                way.nearest(database, STORE.nearestTo(QUERY, 1000).by(distance).within(median)),
                distance,
                all.subList(0, 40));
        assertSame(
                way.nearest(
                        database,
                        VIEW.nearestTo(QUERY, 10).by(distance).within(median).offset(35)),
                distance,
                all.subList(35, 40));
        assertSame(
                way.nearest(database, VIEW.nearestTo(QUERY, 10).by(distance).offset(75)),
                distance,
                all.subList(75, 80));
    }

    /** To the last bit, whatever the driver and the tool read it as. */
    @ParameterizedTest
    @MethodSource("distancesByWay")
    void a_distance_is_what_pgvector_gives(Way way, Distance distance) throws SQLException {
        List<Double> given = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select float8send(embedding " + distance.operator() + " '"
                        + Arrays.toString(QUERY) + "') from post_embeddings_store")) {
            while (rows.next()) {
                given.add(ByteBuffer.wrap(rows.getBytes(1)).getDouble());
            }
        }

        assertThat(way.nearest(database, STORE.nearestTo(QUERY, 1000).by(distance)))
                .extracting(Neighbour::distance)
                .containsExactlyElementsOf(given.stream().sorted().toList());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void conditions_must_all_hold(Way way) throws SQLException {
        assertSame(
                way.nearest(
                        database,
                        VIEW.nearestTo(QUERY, 5)
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
                way.nearest(
                        database,
                        STORE.nearestTo(QUERY, 50)
                                .where(Condition.oneOf("id", List.of(3, 5, 7)))
                                .where(Condition.less("chunk_seq", 1))
                                .where(Condition.atLeast("id", 4))),
                Distance.COSINE,
                expected(Distance.COSINE, 50, chunk -> (chunk.id() == 5 || chunk.id() == 7) && chunk.seq() == 0));
        assertThat(way.nearest(database, VIEW.nearestTo(QUERY, 5).where(Condition.equal("author", "x' or true; --"))))
                .isEmpty();
    }

    /** Where pgvector is where it mostly is, and values have types of their own, nothing needs to be looked up. */
    @Test
    void a_search_without_texts_needs_no_look() throws SQLException {
        NeighbourSearch search = STORE.nearestTo(QUERY, 3).where(Condition.less("id", 30));
        List<String> keys = new ArrayList<>();
        try (Connection connection = database.connect();
                var statement = connection.prepareStatement(search.sql())) {
            statement.setString(1, search.parameters().get(0));
            statement.setString(2, search.parameters().get(1));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    keys.add(rows.getString("key_1"));
                }
            }
        }

        assertThat(keys)
                .isEqualTo(expected(Distance.COSINE, 3, chunk -> chunk.id() < 30).stream()
                        .map(chunk -> "" + chunk.id())
                        .toList());
    }

    /** A store of pgai's has none; another table of the same form may. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void a_row_without_an_embedding_is_not_found(Way way) throws SQLException {
        database.execute(
                "create table if not exists waiting (id int primary key, embedding_uuid uuid, chunk_seq int, chunk text,"
                        + " embedding vector(2))",
                "insert into waiting (id, embedding) values (1, '[1,0]'), (2, null) on conflict do nothing");
        EmbeddingRelation waiting =
                new EmbeddingRelation(RelationName.of("public", "waiting"), List.of("id"), "embedding", true, null);

        assertThat(way.nearest(database, waiting.nearestTo(new float[] {1, 0}, 9)))
                .extracting(neighbour -> neighbour.key("id"))
                .containsExactly(1);
    }

    /** Many rows of the same text are equally far. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void pages_have_each_row_once_though_many_are_equally_far(Way way) throws SQLException {
        database.execute(
                "create table if not exists tie (a int, b int, vec vector(2), primary key (b, a))",
                "delete from tie",
                "insert into tie select i % 5, i, array[1, i / 20]::vector from generate_series(0, 39) i"
                        + " order by (i * 7) % 40");
        EmbeddingRelation ties = EmbeddingRelation.column(RelationName.of("public", "tie"), List.of("b", "a"), "vec");
        List<Object> all = new ArrayList<>();
        for (int page = 0; page < 6; page++) {
            way.nearest(database, ties.nearestTo(new float[] {1, 0}, 7).offset(page * 7))
                    .forEach(neighbour -> all.add(neighbour.key("b")));
        }

        assertThat(all).isEqualTo(IntStream.range(0, 40).boxed().toList());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_relaxed_order_comes_in_order(Way way) throws SQLException {
        if (way == Way.MYBATIS || way == Way.CONNECTION || way == Way.TRANSACTION) {
            return; // settings: see SettingsTest
        }
        assertSame(
                way.nearest(database, STORE.nearestTo(QUERY, 9).iterativeScan(IterativeScan.RELAXED_ORDER)),
                Distance.COSINE,
                expected(Distance.COSINE, 9, chunk -> true));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_column_destination_with_a_composite_key_and_odd_names(Way way) throws SQLException {
        String schema = quoted(ODD + "s");
        String table = schema + "." + quoted(ODD + "t");
        String long63 = "l".repeat(63);
        Random random = new Random(7);
        List<float[]> vectors = new ArrayList<>();
        database.execute(
                "drop schema if exists " + schema + " cascade",
                "create schema " + schema,
                "create table " + table + " (" + quoted(ODD + "a") + " int, " + quoted(long63) + " text, distance int,"
                        + " key_1 int, chunk int, " + quoted(ODD + "v") + " vector(8), primary key ("
                        + quoted(long63) + ", " + quoted(ODD + "a") + "))",
                "insert into " + table + " select i % 5, 'b' || i, i, 0, 0 from generate_series(1, 12) i");
        for (int i = 1; i <= 10; i++) {
            float[] vector = Expected.randomVector(random, 8);
            vectors.add(vector);
            database.execute("update " + table + " set " + quoted(ODD + "v") + " = '" + Arrays.toString(vector)
                    + "' where distance = " + i);
        }
        EmbeddingRelation rows =
                EmbeddingRelation.column(RelationName.of(ODD + "s", ODD + "t"), List.of(long63, ODD + "a"), ODD + "v");

        List<Neighbour> found = way.nearest(
                database,
                rows.nearestTo(QUERY, 50)
                        .where(Condition.notEqual(ODD + "a", 3))
                        .where(Condition.oneOf(long63, List.of("b1", "b2", "b4", "b5", "b9", ODD)))
                        .within(2)
                        .offset(0));

        // Rows 11 and 12 wait for their embeddings.
        List<Integer> order = Stream.of(1, 2, 4, 5, 9)
                .sorted(Comparator.comparingDouble(i -> Expected.distance(Distance.COSINE, vectors.get(i - 1), QUERY)))
                .toList();
        assertThat(found)
                .extracting(neighbour -> Objects.requireNonNull(neighbour.key()).values())
                .isEqualTo(order.stream()
                        .map(i -> Map.<String, Object>of(long63, "b" + i, ODD + "a", i % 5))
                        .toList());
        assertThat(Objects.requireNonNull(found.get(0).key()).values().keySet()).containsExactly(long63, ODD + "a");
        assertThat(found).allSatisfy(neighbour -> {
            assertThat(neighbour.chunk()).isNull();
            assertThat(neighbour.chunkSeq()).isNull();
            assertThat(neighbour.embeddingUuid()).isNull();
        });
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** From pgai's own row, as an application has it. */
    @Test
    void stored_vectorizers_of_both_kinds_are_searched() throws Exception {
        database.execute(
                "create table page (nr int, site text, content text, primary key (site, nr))",
                "insert into page values (1, 'a', 'apples and pears'), (2, 'a', 'ships at sea'),"
                        + " (1, 'b', 'pears, apples, plums')");
        VectorizerDefinition.Builder page = VectorizerDefinition.builder(
                RelationName.of("public", "page"), Loading.column("content"), Embedding.openai("m", 64));
        database.pgai().create(page.name("pages").build());
        database.pgai()
                .create(page.name("page_column")
                        .chunking(Chunking.none())
                        .destination(Destination.column("vec"))
                        .build());
        for (String name : List.of("pages", "page_column")) {
            TestWorker worker = TestWorker.of(database.database(), name);
            worker.drain();
            float[] ships = worker.embedder().embed("ships at sea");
            var stored = database.pgai().find(name).orElseThrow();

            for (EmbeddingRelation relation : List.of(
                    EmbeddingRelation.store(stored.definition(), stored.primaryKey()),
                    EmbeddingRelation.view(stored.definition(), stored.primaryKey()))) {
                assertThat(database.pgai().nearest(relation.nearestTo(ships, 1)))
                        .singleElement()
                        .satisfies(neighbour -> {
                            assertThat(Objects.requireNonNull(neighbour.key()).values())
                                    .containsExactly(Map.entry("site", "a"), Map.entry("nr", 2));
                            assertThat(neighbour.chunk()).isEqualTo(name.equals("pages") ? "ships at sea" : null);
                            assertThat(neighbour.distance()).isCloseTo(0, within(1e-6));
                        });
            }
        }
    }

    /** Keys of types that Java has no class for are texts, and not objects of the driver's. */
    @Test
    void what_is_found_is_a_value_that_can_be_written_and_read() throws Exception {
        database.execute(
                "create extension if not exists citext",
                "create type mood as enum ('sad', 'glad')",
                "create table odd_key (i int, l bigint, u uuid, c citext, m mood, d date, ts timestamptz, n numeric,"
                        + " ip inet, a text[], j jsonb, b bytea, iv interval, vec vector(2),"
                        + " primary key (i, l, u, c, m, d, ts, n, ip, a, j, b, iv))",
                "insert into odd_key values (1, 2, '00000000-0000-0000-0000-000000000001', 'C', 'glad', '2026-01-02',"
                        + " '2026-01-02 03:04:05+00', 1.50, '10.0.0.1', '{a,b}', '{\"a\": 1}', '\\x01', '1 day', '[1,2]')");
        List<String> key = List.of("i", "l", "u", "c", "m", "d", "ts", "n", "ip", "a", "j", "b", "iv");
        List<Neighbour> found = new ArrayList<>(database.pgai()
                .nearest(EmbeddingRelation.column(RelationName.of("public", "odd_key"), key, "vec")
                        .nearestTo(new float[] {1, 2}, 1)));
        found.addAll(database.pgai().nearest(VIEW.nearestTo(QUERY, 2)));

        assertThat(copy(found)).isEqualTo(found);
        Map<String, Object> values = Objects.requireNonNull(found.get(0).key()).values();
        assertThat(values.keySet()).containsExactlyElementsOf(key);
        assertThat(values.get("i")).isEqualTo(1);
        assertThat(values.get("l")).isEqualTo(2L);
        assertThat(List.of("c", "m", "ip", "a", "j", "b", "iv"))
                .extracting(values::get)
                .containsExactly("C", "glad", "10.0.0.1", "{a,b}", "{\"a\": 1}", "\\x01", "1 day");
        assertThat(found.get(0)).hasSameHashCodeAs(copy(found).get(0));
    }

    @SuppressWarnings("unchecked") // what was written
    private static List<Neighbour> copy(List<Neighbour> found) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(found);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (List<Neighbour>) in.readObject();
        }
    }
}
