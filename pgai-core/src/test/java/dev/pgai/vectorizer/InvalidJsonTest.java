package dev.pgai.vectorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgai.InvalidArgumentException;
import dev.pgai.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user reads who wrote a wrong definition in JSON: the path, the value, the rule, the hint. */
class InvalidJsonTest {

    private static final String SOURCE_AND_LOADING = "\"source\": {\"schema\": \"public\", \"table\": \"blog\"},"
            + "\"loading\": {\"implementation\": \"column\", \"column_name\": \"content\"}";

    private static final String REQUIRED = SOURCE_AND_LOADING
            + ", \"embedding\": {\"implementation\": \"openai\", \"model\": \"m\", \"dimensions\": 768}";

    private static final RelationName BLOG = RelationName.of("public", "blog");

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void a_mistake_is_named(String mistake, String json, String message) {
        InvalidArgumentException refusal =
                catchThrowableOfType(InvalidArgumentException.class, () -> VectorizerJson.read(json));

        assertThat(refusal).hasMessage(message);
        assertThat(message).startsWith(refusal.argument()).endsWith(refusal.rule() + ". " + refusal.hint());
        assertThat(refusal.value() instanceof JsonNode)
                .as("the JSON library shows")
                .isFalse();
    }

    /** {@code -- mistake}, the JSON on one or more lines, {@code => message}. */
    static Stream<Arguments> a_mistake_is_named() throws IOException {
        try (InputStream file = InvalidJsonTest.class.getResourceAsStream("/wrong-json.txt")) {
            String table = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("SOURCE AND LOADING", SOURCE_AND_LOADING)
                    .replace("REQUIRED", REQUIRED);
            List<Arguments> rows = Pattern.compile("-- (.+)\n(?s:(.*?))\n=> (.+)\n")
                    .matcher(table)
                    .results()
                    .map(row -> arguments(row.group(1), row.group(2), row.group(3)))
                    .toList();
            assertThat(rows).hasSize(table.split("-- ").length - 1);
            return rows.stream();
        }
    }

    @Test
    void endless_number() {
        assertThatThrownBy(() -> VectorizerJson.read("{\"x\": 1" + "0".repeat(1000) + "}"))
                .hasMessage(
                        "json = \"{\"x\": 1" + "0".repeat(73) + "...\" is refused: it is not JSON: Number value length"
                                + " (1001) exceeds the maximum allowed (1000). Correct the text.");
    }

    @Test
    @SuppressWarnings("NullAway") // callers without a null checker give null, too
    void no_text() {
        assertThatThrownBy(() -> VectorizerJson.read(null))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("json is not set: it is required. Give a value.");
    }

    @Test
    void no_list() {
        assertThatThrownBy(() -> VectorizerJson.readList("{}"))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("$ = {} is refused: it must be an array of definitions."
                        + " Correct the value, or leave the key out if it is optional.");
    }

    @Test
    void list_names_the_element() {
        assertThatThrownBy(() -> VectorizerJson.readList("[\"x\"]"))
                .hasMessage("[0] = \"x\" is refused: it must be an object."
                        + " Correct the value, or leave the key out if it is optional.");
        assertThatThrownBy(
                        () -> VectorizerJson.readList("[{" + REQUIRED + "}, {" + REQUIRED.replace("768", "0") + "}]"))
                .hasMessage("[1].embedding.dimensions = 0 is refused: it must be from 1 to 16000."
                        + " Give the length of the vectors that the model returns.");
    }

    @Test
    void stored_config() {
        assertThatThrownBy(() -> DefinitionForm.readStored(BLOG, "v", "ai", "q", JsonObject.of("config", "{}")))
                .hasMessage("config.loading is not set: it is required. Add the key.");
        assertThatThrownBy(() -> DefinitionForm.readStored(BLOG, "v", "ai", "q", JsonObject.of("config", "[]")))
                .hasMessage("config = [] is refused: it must be an object."
                        + " Correct the value, or leave the key out if it is optional.");
    }
}
