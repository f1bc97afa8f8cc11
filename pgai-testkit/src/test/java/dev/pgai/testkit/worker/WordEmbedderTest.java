package dev.pgai.testkit.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pgai.InvalidArgumentException;
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

    /** One of two letters each, and of one where a letter can be a word. */
    @ParameterizedTest
    @CsvSource({
        "東京都の天気予報, 天気, 料理の本",
        "我家的猫很可爱, 猫, 今天下雨",
        "데이터베이스에서 검색을 하다, 검색, 오늘 날씨",
        "집에 물이 없다, 물, 오늘 날씨",
        "猫がすき, すき, 犬は外",
        "ネコとイヌ, イヌ, さくらの花",
        "ฉันรักแมว, แมว, วันนี้ฝน",
        "ພາສາລາວ, ລາວ, ດອກໄມ້",
        "ខ្ញុំស្រឡាញ់ឆ្មា, ឆ្មា, ភ្លៀង",
        "မြန်မာစာ, စာ, မိုးရွာ",
        "das ist so gut, so, kein Wort davon",
        "в лесу живёт ёж, ёж, снег идёт",
        "أنا في البيت, في, مطر غزير",
        "אני גר פה, פה, יורד גשם",
        "मैं घर पर हूँ, घर, बारिश",
        "PostgreSQLの検索, PostgreSQL, 料理の本",
        "I like 😀 a lot, 😀, 🚗"
    })
    void puts_a_text_near_its_own_word(String text, String word, String other) {
        assertThat(cosine(text, word)).isGreaterThan(cosine(other, word) + 0.15);
    }

    @ParameterizedTest
    @CsvSource({
        "caf\u00e9, cafe\u0301",
        "\uff21\uff22\uff23, abc",
        "\uff83\uff9e\uff70\uff80, \u30c7\u30fc\u30bf",
        "STRASSE, stra\u00dfe",
        "\u039f\u0394\u039f\u03a3, \u03bf\u03b4\u03bf\u03c2",
        "\ud55c\uad6d, \u1112\u1161\u11ab\u1100\u116e\u11a8"
    })
    void takes_what_looks_the_same_for_the_same(String one, String other) {
        assertThat(cosine(one, other)).isCloseTo(1, within(1e-6));
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
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("dimensions = 0 is refused: it must be 1 or more. Use those of the definition.");
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
