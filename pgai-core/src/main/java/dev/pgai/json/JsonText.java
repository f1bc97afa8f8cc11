package dev.pgai.json;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonpCharacterEscapes;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON text: from a text to a tree, and from values to a text. */
public final class JsonText {

    private static final JsonMapper MAPPER = JsonMapper.builder(new JsonFactoryBuilder()
                    .characterEscapes(JsonpCharacterEscapes.instance()) // U+2028 and U+2029 end lines, too
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES) // so that messages show what was written
            .build();

    private JsonText() {}

    /**
     * Writes JSON values.
     *
     * @param value a text, a number, a boolean, null, a list or a map of these
     * @return JSON on one line
     */
    public static String write(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON values are always writable", e);
        }
    }

    /**
     * Reads an array that a query of this library made.
     *
     * @param json a JSON array, or null
     * @return its values; none for null
     */
    public static List<?> readList(@Nullable String json) {
        return json == null ? List.of() : list(json);
    }

    /**
     * Reads an array of arrays that a query of this library made.
     *
     * @param json a JSON array of arrays, or null
     * @return its rows; none for null
     */
    public static List<List<?>> readRows(@Nullable String json) {
        List<List<?>> rows = new ArrayList<>();
        for (Object row : readList(json)) {
            rows.add((List<?>) row);
        }
        return rows;
    }

    /**
     * Reads an array that anybody may have written.
     *
     * @param json a text, or null
     * @return its values; none for what is no JSON array
     */
    public static List<?> readLeniently(@Nullable String json) {
        try {
            return readList(json);
        } catch (IllegalStateException e) {
            return List.of();
        }
    }

    private static List<?> list(String json) {
        try {
            List<?> values = MAPPER.readValue(json, List.class);
            return values == null ? List.of() : values;
        } catch (JsonProcessingException | NumberFormatException | ArithmeticException e) {
            throw new IllegalStateException("not a JSON array: " + json, e);
        }
    }

    /** Editors of some systems put a byte order mark before the text. */
    private static String withoutMark(String json) {
        return json.startsWith("\ufeff") ? json.substring(1) : json;
    }

    /**
     * Whether a text begins as an array does, and not as an object.
     *
     * @param json anything
     * @return whether its first character is a bracket
     */
    public static boolean isArray(String json) {
        return withoutMark(json).stripLeading().startsWith("[");
    }

    static JsonNode parse(String json) {
        try {
            JsonNode node = MAPPER.readTree(withoutMark(Check.notNull("json", json)));
            if (node.isMissingNode()) {
                throw new InvalidArgumentException("json", json, "it is empty", "Write a JSON value.");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new InvalidArgumentException("json", json, "it is not JSON" + reason(e), "Correct the text.");
        } catch (NumberFormatException | ArithmeticException e) {
            // The parser lets those of Java out for an exponent that no number of Java's can have.
            throw new InvalidArgumentException(
                    "json", json, "it holds a number that is out of range", "Use a smaller exponent, or text.");
        }
    }

    static JsonNode tree(Map<String, ?> values) {
        return MAPPER.valueToTree(values);
    }

    /** Without what the parser's message says about its own settings and classes, after a colon or a comma. */
    private static String reason(JsonProcessingException e) {
        String place = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        if (e instanceof MismatchedInputException) {
            return place + ": There is more text after the value";
        }
        return place + ": " + e.getOriginalMessage().replaceAll("(?s): .*|, from `[^`]*`", "");
    }
}
