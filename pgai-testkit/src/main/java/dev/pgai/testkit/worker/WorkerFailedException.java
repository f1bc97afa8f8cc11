package dev.pgai.testkit.worker;

import dev.pgai.PgaiException;
import dev.pgai.database.StoredVectorizer;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A batch failed, as it would have in pgai's worker. What the batch had done was rolled back, its rows are in the queue
 * again, and the failure is in {@code ai.vectorizer_errors}, unless the connection was lost.
 */
public final class WorkerFailedException extends PgaiException {

    private static final long serialVersionUID = 1L;

    private final String recorded;
    private final String reason;

    WorkerFailedException(StoredVectorizer vectorizer, WorkerFailure failure, @Nullable SQLException notRecorded) {
        super(
                "The worker for tests failed on vectorizer " + vectorizer.name() + ": " + failure.recorded() + ": "
                        + failure.reason()
                        + (notRecorded == null
                                ? ". It is recorded in ai.vectorizer_errors"
                                : ". It could not be recorded in ai.vectorizer_errors")
                        + ", and the rows are queued again."
                        + (vectorizer.isWhole() ? "" : " The vectorizer is damaged: " + vectorizer.damages()),
                failure.getCause());
        this.recorded = failure.recorded();
        this.reason = failure.reason();
        if (notRecorded != null) {
            addSuppressed(notRecorded);
        }
    }

    /**
     * The column {@code message} of {@code ai.vectorizer_errors}.
     *
     * @return {@code embedding provider failed} when the embedder threw, else {@code vectorizer failed with unexpected
     *     error}
     */
    public String recorded() {
        return recorded;
    }

    /**
     * The {@code error_reason} in the column {@code details}.
     *
     * @return the message of what was thrown
     */
    public String reason() {
        return reason;
    }

    /**
     * What was thrown.
     *
     * @return what the embedder threw, or the driver's exception; null when pgai's worker would have failed in Python
     */
    @Override
    public synchronized @Nullable Throwable getCause() {
        return super.getCause();
    }
}
