package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.json.JsonObject;
import dev.pgai.json.JsonValues;
import dev.pgai.secret.Secrets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What holds for an option's config as the catalog stores it, whichever option it is. */
final class StoredConfig {

    static final String IMPLEMENTATION = "implementation";

    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,5}");

    private static final String HINT = "Take the config as the catalog stores it.";

    private StoredConfig() {}

    static Map<String, Object> copyOf(String configType, @Nullable Map<String, Object> config) {
        Map<String, Object> copy = JsonValues.copyOfMap(configType, config);
        if (!configType.equals(copy.get(JsonObject.CONFIG_TYPE))) {
            throw new InvalidArgumentException(
                    configType + "." + JsonObject.CONFIG_TYPE,
                    copy.get(JsonObject.CONFIG_TYPE),
                    "it must be " + configType,
                    HINT);
        }
        if (!(copy.get(IMPLEMENTATION) instanceof String)) {
            throw new InvalidArgumentException(
                    configType + "." + IMPLEMENTATION, copy.get(IMPLEMENTATION), "it must be text", HINT);
        }
        return copy;
    }

    /** The catalog reads them out of any embedding, as text, and makes the store by them. */
    static int dimensions(Map<String, Object> config) {
        Object given = config.get("dimensions");
        String text = Objects.toString(given, "");
        int dimensions = WHOLE.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (dimensions < 1 || dimensions > Embedding.MAX_DIMENSIONS) {
            throw new InvalidArgumentException(
                    "embedding.dimensions",
                    given,
                    "it must be a whole number from 1 to " + Embedding.MAX_DIMENSIONS,
                    HINT);
        }
        return dimensions;
    }

    static String toString(Map<String, Object> config) {
        return "Unknown" + Secrets.maskedConfig(config);
    }
}
