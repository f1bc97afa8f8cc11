package dev.pgai.vectorizer;

import dev.pgai.json.JsonObject;
import dev.pgai.json.JsonValues;
import java.util.List;
import java.util.Map;

/**
 * An option that this version of the library does not know: an implementation of a newer catalog, or a known one with
 * keys that are new. It is kept as it is, so that nothing is lost on the way from one catalog to another.
 *
 * <p>In SQL it is a {@code jsonb} literal.
 */
public sealed interface UnknownOption extends Option
        permits Loading.Unknown,
                Parsing.Unknown,
                Embedding.Unknown,
                Chunking.Unknown,
                Indexing.Unknown,
                Formatting.Unknown,
                Scheduling.Unknown,
                Processing.Unknown,
                Destination.Unknown {

    /**
     * The option as the catalog stores it.
     *
     * @return the whole config, {@code config_type} and {@code implementation} included; an unmodifiable map of JSON
     *     values
     */
    Map<String, Object> config();

    @Override
    default String implementation() {
        return String.valueOf(config().get(StoredConfig.IMPLEMENTATION));
    }

    /**
     * What the config holds beside {@code config_type} and {@code implementation}.
     *
     * @return an unmodifiable map of JSON values
     */
    @Override
    default Map<String, Object> arguments() {
        return JsonValues.without(config(), List.of(JsonObject.CONFIG_TYPE, StoredConfig.IMPLEMENTATION));
    }
}
