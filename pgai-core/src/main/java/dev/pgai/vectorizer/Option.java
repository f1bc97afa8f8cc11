package dev.pgai.vectorizer;

import java.util.Map;

/**
 * One argument of {@code ai.create_vectorizer} that is itself made by a function of the catalog.
 *
 * <p>The function's name is {@code ai.<configType>_<implementation>}, for example {@code ai.embedding_openai}.
 */
public sealed interface Option
        permits Loading,
                Parsing,
                Embedding,
                Chunking,
                Indexing,
                Formatting,
                Scheduling,
                Processing,
                Destination,
                UnknownOption {

    /**
     * The argument of {@code ai.create_vectorizer}, and the {@code config_type} in the stored config.
     *
     * @return {@code loading}, {@code parsing}, {@code embedding}, {@code chunking}, {@code indexing},
     *     {@code formatting}, {@code scheduling}, {@code processing} or {@code destination}
     */
    String configType();

    /**
     * The {@code implementation} in the stored config.
     *
     * @return the implementation, for example {@code openai}
     */
    String implementation();

    /**
     * The arguments that were set, by the names that they have in the catalog's function and in its order. What was not
     * set is absent, so that the server's default holds.
     *
     * @return an unmodifiable map; values are {@link String}, {@link Integer}, {@link Double}, {@link Boolean},
     *     {@link Interval}, {@link java.time.Instant}, a list of strings, or a map of JSON values
     */
    Map<String, Object> arguments();
}
