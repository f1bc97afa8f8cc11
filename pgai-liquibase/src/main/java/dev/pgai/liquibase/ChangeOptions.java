package dev.pgai.liquibase;

import dev.pgai.vectorizer.InvalidDefinitionException;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The options of a change that has few, read strictly: what nobody asked for is refused. */
final class ChangeOptions {

    private final Map<String, Object> values;
    private final TreeSet<String> known = new TreeSet<>();

    ChangeOptions(Map<String, Object> values) {
        this.values = values;
    }

    String text(String key) {
        known.add(key);
        Object value = values.get(key);
        if (!(value instanceof String text) || text.isEmpty()) {
            throw new InvalidDefinitionException(
                    key, value, value == null ? "it is required" : "it must be text", "Give the vectorizer's name.");
        }
        return text;
    }

    String textOr(String key, String otherwise) {
        known.add(key);
        return values.containsKey(key) ? String.valueOf(values.get(key)) : otherwise;
    }

    @SuppressWarnings("unchecked") // NodeValues makes maps with text keys only
    @Nullable
    Map<String, Object> map(String key) {
        known.add(key);
        Object value = values.get(key);
        if (values.containsKey(key) && !(value instanceof Map)) {
            throw new InvalidDefinitionException(
                    key, value, "options are expected here, each by its key", "Write them below it.");
        }
        return (Map<String, Object>) value;
    }

    void refuseOthers() {
        values.forEach((key, value) -> {
            if (!known.contains(key)) {
                throw new InvalidDefinitionException(
                        key, value, "no such key is known here", "Known keys: " + known + ".");
            }
        });
    }

    /** A refusal by the path that the user sees. */
    static <T> T at(String path, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (InvalidDefinitionException e) {
            throw new InvalidDefinitionException(path + "." + e.option(), e.value(), e.rule(), e.wayOut());
        }
    }
}
