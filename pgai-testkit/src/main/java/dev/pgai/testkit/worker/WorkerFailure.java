package dev.pgai.testkit.worker;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Ends a batch. Carries what is recorded about it. */
final class WorkerFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final String recorded;
    private final String reason;
    private final @Nullable String provider;

    private WorkerFailure(String recorded, String reason, @Nullable String provider, @Nullable Throwable cause) {
        super(reason, cause);
        this.recorded = recorded;
        this.reason = reason;
        this.provider = provider;
    }

    static WorkerFailure ofProvider(String provider, Throwable cause) {
        String message = cause.getMessage();
        return new WorkerFailure(
                "embedding provider failed", message == null ? cause.toString() : message, provider, cause);
    }

    static WorkerFailure unexpected(String reason, @Nullable Throwable cause) {
        return new WorkerFailure("vectorizer failed with unexpected error", reason, null, cause);
    }

    static WorkerFailure unexpected(SQLException cause) {
        return unexpected(asLibpq(cause), cause);
    }

    /** The column {@code message}. */
    String recorded() {
        return recorded;
    }

    /** {@code error_reason} in the column {@code details}. */
    String reason() {
        return reason;
    }

    /** {@code provider} in the column {@code details}; null for a failure that is not the provider's. */
    @Nullable
    String provider() {
        return provider;
    }

    /** The server's message in the form that psycopg gives it. */
    private static String asLibpq(SQLException cause) {
        ServerErrorMessage server = cause instanceof PSQLException e ? e.getServerErrorMessage() : null;
        if (server == null || server.getMessage() == null) {
            return String.valueOf(cause.getMessage());
        }
        return server.getMessage()
                + part("DETAIL", server.getDetail())
                + part("HINT", server.getHint())
                + part("CONTEXT", server.getWhere());
    }

    private static String part(String label, @Nullable String text) {
        return text == null ? "" : "\n" + label + ":  " + text;
    }
}
