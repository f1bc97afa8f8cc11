package dev.pgai.database;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What pgai's workers have recorded about their work for one vectorizer, in {@code ai.vectorizer_worker_progress}. */
public sealed interface WorkerProgress
        permits WorkerProgress.Recorded, WorkerProgress.NotReadable, WorkerProgress.NoTable {

    /** What is recorded since the vectorizer was created. All zero and null before the first worker came by. */
    non-sealed interface Recorded extends WorkerProgress {

        /**
         * How many rows of the queue workers finished, as often as each was queued.
         *
         * @return the number, from 0
         */
        long successCount();

        /**
         * How often workers recorded a failure; one failure may be recorded more than once.
         *
         * @return the number, from 0
         */
        long errorCount();

        /**
         * When a worker last finished a batch.
         *
         * @return the time, or null for never
         */
        @Nullable
        Instant lastSuccessAt();

        /**
         * When a worker last recorded a failure.
         *
         * @return the time, or null for never
         */
        @Nullable
        Instant lastErrorAt();

        /**
         * What the last failure was.
         *
         * @return the message, or null for none
         */
        @Nullable
        String lastErrorMessage();
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

    /** Somebody dropped the table. */
    record NoTable() implements WorkerProgress {

        @Override
        public String toString() {
            return "no table";
        }
    }
}
