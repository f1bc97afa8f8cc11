package dev.pgai.database;

import dev.pgai.PgaiException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Waiting for a vectorizer's queue ended while there were rows in it. */
public final class QueueNotEmptyException extends PgaiException {

    private static final long serialVersionUID = 1L;

    /** Why waiting ended. */
    public enum Reason {
        /** The timeout was reached. */
        TIMEOUT,
        /** The vectorizer is disabled: workers pass it by. */
        DISABLED,
        /** The waiting thread was interrupted. Its interrupt flag is set again. */
        INTERRUPTED
    }

    private final Reason reason;
    private final transient @Nullable StoredVectorizer vectorizer;
    private final transient @Nullable List<VectorizerError> lastErrors;

    /**
     * Makes an exception.
     *
     * @param reason why waiting ended
     * @param vectorizer as the last look saw it
     * @param lastErrors the last failures that workers recorded
     * @param message what is wrong, with a hint
     * @param cause the interruption, or null
     */
    public QueueNotEmptyException(
            Reason reason,
            StoredVectorizer vectorizer,
            List<VectorizerError> lastErrors,
            String message,
            @Nullable InterruptedException cause) {
        super(message, cause);
        this.reason = reason;
        this.vectorizer = vectorizer;
        this.lastErrors = List.copyOf(lastErrors);
    }

    /**
     * Why waiting ended.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * The vectorizer, as the last look saw it.
     *
     * @return it, with what was pending
     */
    public StoredVectorizer vectorizer() {
        return Objects.requireNonNull(vectorizer, "lost in serialization");
    }

    /**
     * The last failures that workers recorded.
     *
     * @return up to three, newest first; none when the current user may not read them, or when the thread was
     *     interrupted
     */
    public List<VectorizerError> lastErrors() {
        return Objects.requireNonNull(lastErrors, "lost in serialization");
    }
}
