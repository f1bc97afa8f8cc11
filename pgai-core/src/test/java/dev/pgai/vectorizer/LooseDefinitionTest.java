package dev.pgai.vectorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Definitions from formats without types. */
class LooseDefinitionTest {

    @Test
    void texts_spell_what_the_option_is() {
        VectorizerDefinition definition = loose(with(Map.of(
                "chunking",
                Map.of(
                        "implementation", "recursive_character_text_splitter",
                        "chunk_size", "1000",
                        "separators", "\n",
                        "is_separator_regex", "true"),
                "indexing",
                Map.of("implementation", "diskann", "max_alpha", "1.5e0"),
                "scheduling",
                Map.of("implementation", "timescaledb", "fixed_schedule", "false"),
                "grant_to",
                List.of("a", "b"))));

        assertThat(definition.chunking())
                .isEqualTo(Chunking.recursiveCharacterTextSplitter()
                        .withChunkSize(1000)
                        .withSeparators(List.of("\n"))
                        .withIsSeparatorRegex(true));
        assertThat(definition.indexing()).isEqualTo(Indexing.diskann().withMaxAlpha(1.5));
        assertThat(definition.scheduling()).isEqualTo(Scheduling.timescaledb().withFixedSchedule(false));
        assertThat(definition.grantTo()).containsExactly("a", "b");
    }

    @Test
    void a_list_without_elements_is_null() {
        Map<String, Object> values = with(Map.of());
        putNull(values, "grant_to");

        assertThat(loose(values).grantTo()).isEmpty();
    }

    @Test
    void free_options_are_the_text_of_a_json_object() {
        Embedding.Ollama embedding =
                (Embedding.Ollama) ollama("{\"stop\": [\"a\"], \"num_ctx\": 1}").embedding();
        assertThat(embedding.options())
                .containsEntry("stop", List.of("a"))
                .hasEntrySatisfying("num_ctx", value -> assertThat(value).hasToString("1"));
        assertThatThrownBy(() -> ollama(Map.of("stop", "a")))
                .hasMessageStartingWith("embedding.options = ")
                .hasMessageContaining("it must be the text of a JSON object");
        assertThatThrownBy(() -> ollama("[1]")).hasMessageStartingWith("embedding.options = ");
        assertThatThrownBy(() -> ollama("{")).hasMessageStartingWith("embedding.options = ");
    }

    @Test
    void what_a_text_does_not_spell_is_refused() {
        for (String wrong : List.of("", "1.0", " 1", "0x1", "99999999999", "true", "--1")) {
            assertThatThrownBy(() ->
                            loose(with(Map.of("processing", Map.of("implementation", "default", "batch_size", wrong)))))
                    .hasMessageStartingWith("processing.batch_size = ");
        }
        for (String wrong : List.of("TRUE", "yes", "1", "")) {
            assertThatThrownBy(() -> loose(with(Map.of(
                            "chunking",
                            Map.of("implementation", "character_text_splitter", "is_separator_regex", wrong)))))
                    .hasMessageStartingWith("chunking.is_separator_regex = ");
        }
        for (String wrong : List.of("NaN", "Infinity", "1d", ".5", "0x1p3")) {
            assertThatThrownBy(() ->
                            loose(with(Map.of("indexing", Map.of("implementation", "diskann", "max_alpha", wrong)))))
                    .hasMessageStartingWith("indexing.max_alpha = ");
        }
    }

    private static VectorizerDefinition loose(Map<String, ?> values) {
        return DefinitionForm.read(JsonObject.loose(values));
    }

    private static VectorizerDefinition ollama(Object options) {
        return loose(with(Map.of(
                "embedding", Map.of("implementation", "ollama", "model", "m", "dimensions", "3", "options", options))));
    }

    private static Map<String, Object> with(Map<String, Object> others) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("source", Map.of("schema", "s", "table", "t"));
        values.put("loading", Map.of("implementation", "column", "column_name", "c"));
        values.put("embedding", Map.of("implementation", "openai", "model", "m", "dimensions", "3"));
        values.putAll(others);
        return values;
    }

    @SuppressWarnings("NullAway") // as formats have it
    private static void putNull(Map<String, Object> values, String key) {
        values.put(key, null);
    }
}
