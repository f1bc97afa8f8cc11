package dev.pgai.jdbc;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What pgai's workers have recorded about their work for one vectorizer, in {@code ai.vectorizer_worker_progress}. */
public sealed interface WorkerProgress {

    /**
     * What is recorded since the vectorizer was created. All zero and null before the first worker came by.
     *
     * @param successCount rows of the queue that workers finished, as often as each was queued
     * @param errorCount how often workers recorded a failure; one failure may be recorded more than once
     * @param lastSuccessAt when a worker last finished a batch, or null for never
     * @param lastErrorAt when a worker last recorded a failure, or null for never
     * @param lastErrorMessage what that failure was, or null for none
     */
    record Recorded(
            long successCount,
            long errorCount,
            @Nullable Instant lastSuccessAt,
            @Nullable Instant lastErrorAt,
            @Nullable String lastErrorMessage)
            implements WorkerProgress {

        @Override
        public String toString() {
            return successCount + " successes"
                    + (lastSuccessAt == null ? "" : " (last at " + lastSuccessAt + ")")
                    + ", " + errorCount + " failures"
                    + (lastErrorAt == null ? "" : " (last at " + lastErrorAt + ": " + lastErrorMessage + ")");
        }
    }

    /**
     * The current user may not read the table. {@code ai.grant_vectorizer_usage} does not give that right.
     *
     * @param missingGrants a statement for each right that is missing, for the table's owner to run
     */
    record NotReadable(List<String> missingGrants) implements WorkerProgress {

        /**
         * Copies the list.
         *
         * @param missingGrants as above
         */
        public NotReadable {
            missingGrants = List.copyOf(missingGrants);
        }

        @Override
        public String toString() {
            return "not readable";
        }
    }
}
