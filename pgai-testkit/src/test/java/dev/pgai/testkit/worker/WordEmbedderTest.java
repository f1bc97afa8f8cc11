package dev.pgai.testkit.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordEmbedderTest {

    private final WordEmbedder embedder = new WordEmbedder(256);

    @ParameterizedTest
    @CsvSource({
        "how to reset a password, I forgot my password and want to reset it, the weather in Lisbon is warm",
        "vector search, searching vectors in PostgreSQL, a recipe for apple pie",
        "データベースの検索, データベース検索の速さ, 明日の天気",
        "Straße in München, München hat eine lange Straße, a bicycle shop"
    })
    void puts_texts_that_share_words_near_each_other(String text, String similar, String other) {
        assertThat(cosine(text, similar)).isGreaterThan(cosine(text, other) + 0.2);
    }

    @Test
    void looks_neither_at_case_nor_at_punctuation_nor_at_order() {
        assertThat(cosine("Blue sky, green grass!", "GREEN grass; blue SKY")).isCloseTo(1, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "a longer text, with several words in it", "😀", "", "?!"})
    void gives_unit_vectors(String text) {
        assertThat(cosine(text, text)).isCloseTo(1, within(1e-6));
    }

    /**
     * Vectors end up in files that others compare with: they must not change with the JVM, the machine or a release.
     */
    @Test
    void gives_the_same_vectors_for_ever() {
        assertThat(new WordEmbedder(4).embed("hello, world"))
                .containsExactly(-0.47140452f, -0.23570226f, 0.47140452f, -0.70710677f);
    }

    @Test
    void does_not_depend_on_the_locale() {
        float[] expected = embedder.embed("TITLE");
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(new Locale.Builder().setLanguage("tr").build());
            assertThat(embedder.embed("title")).containsExactly(expected);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void refuses_to_embed_in_no_dimension() {
        assertThatThrownBy(() -> Embedder.ofWords(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dimensions must be 1 or more, not 0");
    }

    private double cosine(String a, String b) {
        float[] left = embedder.embed(a);
        float[] right = embedder.embed(b);
        double product = 0;
        for (int i = 0; i < left.length; i++) {
            product += (double) left[i] * right[i];
        }
        return product;
    }
}
