package dev.pgai.change;

import dev.pgai.json.JsonObject;
import dev.pgai.json.JsonText;
import dev.pgai.json.JsonValues;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the values of a change in the one form that never changes: keys sorted, numbers in their shortest form,
 * without the mark of options that this version of the library does not know and the next one may, and in ASCII, for
 * tools that compose or drop other characters before they compute a checksum.
 */
final class CanonicalText {

    private CanonicalText() {}

    static String of(Map<String, Object> values) {
        StringBuilder text = new StringBuilder();
        JsonText.write(withoutMarks(JsonValues.copyOfMap("change", values)))
                .chars()
                .forEach(c -> {
                    if (c < 0x80) {
                        text.append((char) c);
                    } else {
                        text.append(String.format("\\u%04x", c));
                    }
                });
        return text.toString();
    }

    /** An option is a map in a definition, so that the mark is looked for there and not in what a provider is given. */
    private static Map<String, Object> withoutMarks(Map<String, Object> values) {
        Map<String, Object> copy = new TreeMap<>();
        values.forEach((key, value) -> {
            if (value instanceof Map<?, ?> map && (key.equals("definition") || key.equals("before"))) {
                copy.put(key, withoutMarks(textKeys(map)));
            } else if (value instanceof Map<?, ?> map) {
                copy.put(key, JsonValues.without(textKeys(map), List.of(JsonObject.CONFIG_TYPE)));
            } else {
                copy.put(key, value);
            }
        });
        return copy;
    }

    @SuppressWarnings("unchecked") // a copied map has text keys only
    private static Map<String, Object> textKeys(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}
