package dev.pgai.jdbc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a worker recorded: one row of {@code ai.vectorizer_errors}.
 *
 * @param id the vectorizer's id
 * @param message what failed, such as {@code embedding provider failed}, or null when none was recorded
 * @param details JSON text, such as <code>{"provider": "openai", "error_reason": "..."}</code>, or null when none were
 *     recorded
 * @param recorded when the transaction began that recorded it
 */
public record VectorizerError(
        int id, @Nullable String message, @Nullable String details, Instant recorded) {

    /**
     * For people.
     *
     * @return for example <code>2026-01-02T03:04:05Z embedding provider failed {"error_reason": "..."}</code>
     */
    @Override
    public String toString() {
        return recorded + (message == null ? "" : " " + message) + (details == null ? "" : " " + details);
    }
}
