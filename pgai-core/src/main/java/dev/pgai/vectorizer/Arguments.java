package dev.pgai.vectorizer;

import dev.pgai.json.EnumNames;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the arguments that were set, in the order of the catalog's function. */
final class Arguments {

    private final Map<String, Object> values = new LinkedHashMap<>();

    Arguments set(String name, @Nullable Object value) {
        if (value instanceof Enum<?> constant) {
            values.put(name, EnumNames.nameOf(constant));
        } else if (value != null) {
            values.put(name, value);
        }
        return this;
    }

    Map<String, Object> toMap() {
        return Collections.unmodifiableMap(values);
    }
}
