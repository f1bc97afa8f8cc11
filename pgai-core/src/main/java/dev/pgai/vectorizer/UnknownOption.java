package dev.pgai.vectorizer;

import java.util.List;
import java.util.Map;

/**
 * An option that this version of the library does not know: an implementation of a newer catalog, or a known one with
 * keys that are new. It is kept as it is, so that nothing is lost on the way from one catalog to another.
 *
 * <p>In SQL it is a {@code jsonb} literal.
 *
 * @param config the whole stored config of the option, {@code config_type} and {@code implementation} included
 */
public record UnknownOption(Map<String, Object> config)
        implements Option,
                Loading,
                Parsing,
                Embedding,
                Chunking,
                Indexing,
                Formatting,
                Scheduling,
                Processing,
                Destination {

    /** The {@code config_type} of each option that a vectorizer has. */
    static final List<String> CONFIG_TYPES = List.of(
            "loading",
            "parsing",
            "embedding",
            "chunking",
            "indexing",
            "formatting",
            "scheduling",
            "processing",
            "destination");

    /**
     * Copies the config deeply and checks that it says what it is.
     *
     * @param config as above
     * @throws InvalidDefinitionException when {@code config_type} or {@code implementation} is missing or is not text,
     *     or when a value is not a JSON value
     */
    public UnknownOption {
        config = JsonValues.copyOfMap("option", config);
        if (!(config.get("config_type") instanceof String configType) || !CONFIG_TYPES.contains(configType)) {
            throw new InvalidDefinitionException(
                    "option.config_type",
                    config.get("config_type"),
                    "it must be one of " + CONFIG_TYPES,
                    "Take the config as the catalog stores it.");
        }
        if (!(config.get("implementation") instanceof String)) {
            throw new InvalidDefinitionException(
                    configType + ".implementation",
                    config.get("implementation"),
                    "it must be text",
                    "Take the config as the catalog stores it.");
        }
    }

    @Override
    public String configType() {
        return String.valueOf(config.get("config_type"));
    }

    @Override
    public String implementation() {
        return String.valueOf(config.get("implementation"));
    }

    /**
     * What the config holds beside {@code config_type} and {@code implementation}.
     *
     * @return an unmodifiable map of JSON values
     */
    @Override
    public Map<String, Object> arguments() {
        return JsonValues.without(config, List.of("config_type", "implementation"));
    }
}
