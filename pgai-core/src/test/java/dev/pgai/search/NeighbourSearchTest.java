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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    @Test
    void on_the_store() {
        NeighbourSearch search =
                EmbeddingRelation.store(TABLE, List.of("id", "O'x")).nearestTo(VECTOR, 5);

        assertThat(search.sql())
                .isEqualTo("select array['id', 'O''x']::pg_catalog.text[] as key_columns, e.\"id\" as key_1,"
                        + " e.\"O'x\" as key_2, e.embedding_uuid, e.chunk_seq, e.chunk,"
                        + " e.\"embedding\" <=> ? as distance from \"public\".\"blog_embedding_store\" e"
                        + " order by distance limit ?");
        assertThat(search.parameters()).containsExactly(VECTOR, 5);
    }

    @Test
    void with_everything_on_a_source() {
        NeighbourSearch search = EmbeddingRelation.view(COLUMN, List.of("id"))
                .nearestTo(VECTOR, 5)
                .by(Distance.L2)
                .where(Condition.oneOf("a", List.of(1, 2)))
                .where(Condition.isNull("b"))
                .within(0.5);

        assertThat(search.sql())
                .isEqualTo("select array['id']::pg_catalog.text[] as key_columns, e.\"id\" as key_1,"
                        + " e.\"emb\"\"x\" <-> ? as distance from \"public\".\"blog\" e"
                        + " where e.\"emb\"\"x\" is not null and e.\"a\" in (?, ?) and e.\"b\" is null"
                        + " and (e.\"emb\"\"x\" <-> ?) <= ? order by distance limit ?");
        assertThat(search.parameters()).containsExactly(VECTOR, 1, 2, VECTOR, 0.5, 5);
    }

    @Test
    void a_search_keeps_what_it_was_given() {
        float[] vector = {1, 2};
        NeighbourSearch search = EmbeddingRelation.store(TABLE, List.of("id")).nearestTo(vector, 5);
        NeighbourSearch more = search.where(Condition.isNull("b")).by(Distance.L2);

        vector[0] = 9;

        assertThat(search.parameters()).containsExactly(VECTOR, 5);
        assertThat(more.sql()).isNotEqualTo(search.sql());
    }

    @Test
    void wrong_input_is_refused_with_a_hint() {
        EmbeddingRelation store = EmbeddingRelation.store(TABLE, List.of("id"));
        assertRefused("limit = 0 is refused", () -> store.nearestTo(VECTOR, 0));
        assertRefused("a vector has at least 1 dimension", () -> store.nearestTo(new float[0], 1));
        assertRefused("vector[0] = NaN is refused", () -> store.nearestTo(new float[] {Float.NaN}, 1));
        assertRefused(
                "maxDistance = NaN is refused", () -> store.nearestTo(VECTOR, 1).within(Double.NaN));
        assertRefused("keyColumns = [] is refused", () -> EmbeddingRelation.store(TABLE, List.of()));
        assertRefused("vector is not set", () -> store.nearestTo(noVector(), 1));
        assertRefused("distance is not set", () -> store.nearestTo(VECTOR, 1).by(noDistance()));
        assertRefused("condition is not set", () -> store.nearestTo(VECTOR, 1).where(noCondition()));
        assertRefused("Use isNull", () -> Condition.equal("a", nothing()));
        assertRefused("Leave null out", () -> Condition.oneOf("a", Arrays.asList(1, nothing())));
        assertRefused("no row would fulfil", () -> Condition.oneOf("a", List.of()));
        assertRefused("must not be empty", () -> Condition.isNull(""));
        assertRefused("neither NUL", () -> Condition.equal("a\0", 1));
    }

    @SuppressWarnings("NullAway") // as a caller without NullAway may
    private static Object nothing() {
        return null;
    }

    @SuppressWarnings("NullAway") // as a caller without NullAway may
    private static float[] noVector() {
        return null;
    }

    @SuppressWarnings("NullAway") // as a caller without NullAway may
    private static Distance noDistance() {
        return null;
    }

    @SuppressWarnings("NullAway") // as a caller without NullAway may
    private static Condition noCondition() {
        return null;
    }

    private static void assertRefused(String message, Runnable call) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(call::run)
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "[", "1,2", "{1,2}", "[1,]", "[1,x]", "[1;2]"})
    void what_is_not_a_vector_is_refused(String text) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> VectorText.read(text))
                .withMessage("text = \"" + text
                        + "\" is refused: it is not the text of a vector. Read a column of type vector, which"
                        + " looks like [1,2.5].");
    }
}
