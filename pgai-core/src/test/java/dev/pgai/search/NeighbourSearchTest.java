package dev.pgai.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.InvalidArgumentException;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeighbourSearchTest {

    private static final VectorizerDefinition TABLE = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 2))
            .build();

    private static final VectorizerDefinition COLUMN = TABLE.toBuilder()
            .name("v")
            .destination(Destination.column("emb\"x"))
            .chunking(Chunking.none())
            .build();

    private static final float[] VECTOR = {1, 2};
    private static final String VECTOR_TEXT = "[1.0,2.0]";

    private static final ColumnTypes TYPES = new ColumnTypes(
            "my ext",
            2,
            Set.of(Distance.COSINE, Distance.L2),
            Map.of(
                    "id", ColumnType.of("pg_catalog", "int4"),
                    "email", ColumnType.of("my ext", "citext"),
                    "mood", ColumnType.of("public", "mood").operatorsIn("pg_catalog"),
                    "tags", ColumnType.of("pg_catalog", "_text"),
                    "doc", new ColumnType("pg_catalog", "json", false, "pg_catalog", Set.of())));

    private static final EmbeddingRelation STORE = EmbeddingRelation.store(TABLE, List.of("id", "O'x"));
    private static final EmbeddingRelation SOURCE = EmbeddingRelation.view(COLUMN, List.of("id"));

    @Test
    void on_the_store() {
        NeighbourSearch search = STORE.nearestTo(VECTOR, 5);

        assertThat(search.sql())
                .isEqualTo("select cast(array['id', 'O''x'] as pg_catalog.text[]) as key_columns, e.\"id\" as key_1,"
                        + " e.\"O'x\" as key_2, e.embedding_uuid, e.chunk_seq, e.chunk,"
                        + " cast(e.\"embedding\" as \"public\".\"vector\") operator(\"public\".<=>) (select cast(? as \"public\".\"vector\")) as distance"
                        + " from \"public\".\"blog_embedding_store\" e where e.\"embedding\" is not null"
                        + " order by distance limit 5");
        assertThat(search.parameters()).containsExactly(VECTOR_TEXT);
        assertThat(search.settings()).isEmpty();
    }

    @Test
    void with_everything_on_a_source() {
        NeighbourSearch search = SOURCE.with(TYPES)
                .nearestTo(VECTOR, 5)
                .by(Distance.L2)
                .where(Condition.oneOf("id", List.of(1, 2)))
                .where(Condition.oneOf("email", List.of("a\"b\\", "c")))
                .where(Condition.oneOf("tags", List.of("{a}", "{b}")))
                .where(Condition.notEqual("mood", "glad"))
                .where(Condition.isNull("doc"))
                .within(0.5)
                .offset(10);

        assertThat(search.sql())
                .isEqualTo("select n.key_columns, n.key_1, n.distance from (select cast(array['id'] as"
                        + " pg_catalog.text[]) as key_columns, e.\"id\" as key_1, cast(e.\"emb\"\"x\" as \"my ext\".\"vector\") operator(\"my ext\".<->)"
                        + " (select cast(? as \"my ext\".\"vector\")) as distance from \"public\".\"blog\" e"
                        + " where e.\"emb\"\"x\" is not null"
                        + " and e.\"id\" operator(\"pg_catalog\".=) any (array(select cast(u.v as \"pg_catalog\".\"int8\")"
                        + " from pg_catalog.unnest(cast(? as pg_catalog._text)) u (v)))"
                        + " and cast(e.\"email\" as \"my ext\".\"citext\") operator(\"my ext\".=) any"
                        + " (array(select cast(u.v as \"my ext\".\"citext\")"
                        + " from pg_catalog.unnest(cast(? as pg_catalog._text)) u (v)))"
                        + " and cast(e.\"tags\" as \"pg_catalog\".\"_text\") operator(\"pg_catalog\".=) any"
                        + " (select cast(u.v as \"pg_catalog\".\"_text\")"
                        + " from pg_catalog.unnest(cast(? as pg_catalog._text)) u (v))"
                        + " and cast(e.\"mood\" as \"public\".\"mood\") operator(\"pg_catalog\".<>)"
                        + " cast(? as \"public\".\"mood\") and e.\"doc\" is null"
                        + " order by distance, key_1 limit 5 offset 10) n"
                        + " where n.distance operator(pg_catalog.<=) cast(? as \"pg_catalog\".\"float8\")"
                        + " order by n.distance operator(pg_catalog.+) cast(0 as pg_catalog.float8), n.key_1");
        assertThat(search.parameters())
                .containsExactly(
                        VECTOR_TEXT, "{\"1\",\"2\"}", "{\"a\\\"b\\\\\",\"c\"}", "{\"{a}\",\"{b}\"}", "glad", "0.5");
    }

    @Test
    void settings_are_the_servers() {
        NeighbourSearch search = STORE.nearestTo(VECTOR, 5).efSearch(200).probes(7);

        assertThat(search.settings())
                .containsExactly(Map.entry("hnsw.ef_search", "200"), Map.entry("ivfflat.probes", "7"));
        assertThat(STORE.nearestTo(VECTOR, 5)
                        .iterativeScan(IterativeScan.STRICT_ORDER)
                        .settings())
                .containsExactly(Map.entry("hnsw.iterative_scan", "strict_order"));
        assertThat(STORE.nearestTo(VECTOR, 5).iterativeScan(IterativeScan.OFF).settings())
                .containsExactly(Map.entry("hnsw.iterative_scan", "off"), Map.entry("ivfflat.iterative_scan", "off"));
    }

    /** The index does not keep the order then. */
    @Test
    void a_relaxed_order_is_made_strict() {
        assertThat(STORE.nearestTo(VECTOR, 5)
                        .iterativeScan(IterativeScan.RELAXED_ORDER)
                        .sql())
                .startsWith("select n.key_columns, n.key_1, n.key_2, n.embedding_uuid, n.chunk_seq, n.chunk, n.distance"
                        + " from (select ")
                .endsWith(") n order by n.distance operator(pg_catalog.+) cast(0 as pg_catalog.float8)");
    }

    static Stream<List<Object>> values() {
        Instant instant = Instant.parse("2026-01-02T03:04:05.000006Z");
        UUID uuid = UUID.fromString("00000000-0000-0000-0000-000000000001");
        return Stream.of(
                List.of((byte) 1, "int8", "1"),
                List.of((short) 1, "int8", "1"),
                List.of(1, "int8", "1"),
                List.of(Long.MIN_VALUE, "int8", "-9223372036854775808"),
                List.of(new BigDecimal("1.50"), "numeric", "1.50"),
                List.of(0.1f, "float8", "0.10000000149011612"),
                List.of(0.1, "float8", "0.1"),
                List.of(true, "bool", "true"),
                List.of(uuid, "uuid", uuid.toString()),
                List.of(LocalDate.of(2026, 1, 2), "date", "2026-01-02"),
                List.of(LocalDateTime.of(2026, 1, 2, 3, 4), "timestamp", "2026-01-02T03:04"),
                List.of(LocalTime.of(3, 4), "time", "03:04"),
                List.of(instant, "timestamptz", "2026-01-02T03:04:05.000006Z"),
                List.of(instant.atOffset(ZoneOffset.ofHours(5)), "timestamptz", "2026-01-02T03:04:05.000006Z"),
                List.of(instant.atZone(ZoneOffset.ofHours(5)), "timestamptz", "2026-01-02T03:04:05.000006Z"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void a_value_has_its_own_type(List<Object> example) {
        NeighbourSearch search = STORE.nearestTo(VECTOR, 5).where(Condition.less("x", example.get(0)));

        assertThat(search.sql())
                .contains(
                        " and e.\"x\" operator(\"pg_catalog\".<) cast(? as \"pg_catalog\".\"" + example.get(1) + "\")");
        assertThat(search.parameters()).containsExactly(VECTOR_TEXT, (String) example.get(2));
    }

    @Test
    void a_search_keeps_what_it_was_given() {
        float[] vector = {1, 2};
        NeighbourSearch search = STORE.nearestTo(vector, 5);
        NeighbourSearch more = search.where(Condition.isNull("b")).by(Distance.L2);

        vector[0] = 9;

        assertThat(search.parameters()).containsExactly(VECTOR_TEXT);
        assertThat(more.sql()).isNotEqualTo(search.sql());
        assertThat(search).isEqualTo(STORE.nearestTo(VECTOR, 5)).isNotEqualTo(more);
        assertThat(search).hasSameHashCodeAs(STORE.nearestTo(VECTOR, 5));
    }

    @Test
    void wrong_input_is_refused_with_a_hint() {
        assertRefused("limit = 0 is refused", () -> STORE.nearestTo(VECTOR, 0));
        assertRefused("limit = -1 is refused", () -> STORE.nearestTo(VECTOR, -1));
        assertRefused("a vector has at least 1 dimension", () -> STORE.nearestTo(new float[0], 1));
        assertRefused("vector[0] = NaN is refused", () -> STORE.nearestTo(new float[] {Float.NaN}, 1));
        assertRefused(
                "vector[1] = -Infinity is refused", () -> STORE.nearestTo(new float[] {1, Float.NEGATIVE_INFINITY}, 1));
        NeighbourSearch search = STORE.nearestTo(VECTOR, 1);
        assertRefused("maxDistance = NaN is refused", () -> search.within(Double.NaN));
        assertRefused("maxDistance = Infinity is refused", () -> search.within(Double.POSITIVE_INFINITY));
        assertRefused("offset = -1 is refused", () -> search.offset(-1));
        assertRefused("efSearch = 1001 is refused: it must be from 1 to 1000", () -> search.efSearch(1001));
        assertRefused("probes = 0 is refused: it must be from 1 to 32768", () -> search.probes(0));
        assertRefused("keyColumns = [] is refused", () -> EmbeddingRelation.store(TABLE, List.of()));
        assertRefused("keyColumns = [a, a] is refused", () -> EmbeddingRelation.store(TABLE, List.of("a", "a")));
        assertRefused("keyColumns[1] is not set", () -> EmbeddingRelation.store(TABLE, Arrays.asList("a", null)));
    }

    @Test
    void a_condition_that_means_nothing_is_refused() {
        assertRefused(
                "value of column \"a\" is not set: no row would fulfil",
                () -> Condition.oneOf("a", Arrays.asList(1, null)));
        assertRefused("no row would fulfil", () -> Condition.oneOf("a", List.of()));
        assertRefused("the values of one condition are of one kind", () -> Condition.oneOf("a", List.of(1, "2")));
        assertRefused("the values of one condition are of one kind", () -> Condition.oneOf("a", List.of(1, 2.0)));
        assertRefused("must not be empty", () -> Condition.isNull(""));
        assertRefused("no NUL", () -> Condition.equal("a\0", 1));
        assertRefused("no NUL", () -> Condition.equal("a", "b\0"));
        assertRefused("has no partner", () -> Condition.oneOf("a", List.of("b", "\ud800")));
        assertRefused("at most 63 bytes", () -> Condition.equal("x".repeat(64), 1));
        assertRefused("a number is finite", () -> Condition.less("a", Double.NaN));
        assertRefused("a number is finite", () -> Condition.less("a", Float.NEGATIVE_INFINITY));
        assertRefused("a year is from 1 to 9999", () -> Condition.less("a", LocalDate.MAX));
        assertRefused("a year is from 1 to 9999", () -> Condition.less("a", Instant.MIN));
        assertRefused("AtomicInteger", () -> Condition.equal("a", new AtomicInteger()));
        assertRefused("float[]", () -> Condition.equal("a", VECTOR));
    }

    @Test
    void what_does_not_fit_the_types_is_refused() {
        NeighbourSearch search = SOURCE.with(TYPES).nearestTo(VECTOR, 5);
        assertRefused(
                "vector = \"3 numbers\" is refused: the embeddings in public.blog have 2 dimensions",
                () -> SOURCE.with(TYPES).nearestTo(new float[3], 5).sql());
        assertRefused(
                "distance = L1 is refused: the pgvector of this database has no operator <+>",
                () -> search.by(Distance.L1).sql());
        assertRefused(
                "column = \"emial\" is refused: it is not among the columns that are known of public.blog. Known are: doc, email, id,"
                        + " mood, tags.",
                () -> search.where(Condition.equal("emial", "a")).sql());
        assertRefused(
                "not among the columns",
                () -> search.where(Condition.isNull("x")).parameters());
        assertRefused(
                "not among the columns",
                () -> search.where(Condition.equal("x", 1)).sql());
        assertRefused(
                "its type pg_catalog.json has no operator = in a default order",
                () -> search.where(Condition.equal("doc", "{}")).sql());
        assertRefused(
                "value of column \"email\" = 1 is refused: the column is compared as my ext.citext, and the value is a"
                        + " Integer. Give the text form of a my ext.citext, as a String.",
                () -> search.where(Condition.equal("email", 1)).sql());
    }

    @Test
    void a_text_needs_the_type_of_its_column() {
        assertRefused(
                "column = \"author\" is refused: its type is not known, and a text is compared as the type of its"
                        + " column. Search in Pgai.on(...).resolve(relation)",
                () -> STORE.nearestTo(VECTOR, 5)
                        .where(Condition.equal("author", "ann"))
                        .sql());
    }

    private static void assertRefused(String message, Runnable call) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(call::run)
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "[]", "[", "1,2", "{1,2}", "[1,]", "[1,x]", "[1;2]", "[NaN]", "[1f]", "[0x1p3]", "[ 1]", "[1e99]",
                "[1.2.3]"
            })
    void what_is_not_a_vector_is_refused(String text) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> VectorText.read(text))
                .withMessage("text = \"" + text
                        + "\" is refused: it is not the text of a vector. Read a column of type vector, which"
                        + " looks like [1,2.5].");
    }

    @Test
    void a_vector_survives_its_text() {
        float[] vector = {1, -0.0f, 0.1f, Float.MIN_VALUE, Float.MAX_VALUE, 1e-7f};

        assertThat(VectorText.read(VectorText.write(vector))).containsExactly(vector);
    }

    @Test
    void a_key_tells_what_it_has() {
        SourceKey key = new SourceKey(Map.of("id", 1));

        assertThat(key.get("id")).isEqualTo(1);
        assertRefused("column = \"nr\" is refused: the key has no such column. It has: id.", () -> key.get("nr"));
        assertRefused("the statement gave no key", () -> new Neighbour(null, null, null, null, 0).key("id"));
    }
}
