package dev.pgai.database;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A failure that a worker recorded: one row of {@code ai.vectorizer_errors}. */
public interface VectorizerError {

    /**
     * What failed.
     *
     * @return such as {@code embedding provider failed}, or null when none was recorded
     */
    @Nullable
    String message();

    /**
     * The details.
     *
     * @return JSON text, such as <code>{"provider": "openai", "error_reason": "..."}</code>, or null when none were
     *     recorded
     */
    @Nullable
    String details();

    /**
     * When the transaction began that recorded it.
     *
     * @return the time
     */
    Instant recorded();
}
