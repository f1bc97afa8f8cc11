package dev.pgai.jdbc;

import dev.pgai.PgaiException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How {@link Pgai#awaitEmptyQueue} waits. Immutable.
 *
 * @param timeout how long at most, from zero, which looks once
 * @param pollInterval the time between two looks, from 1 ms to 1 hour; null for 100 ms at first, and twice as long each
 *     time, up to 5 s
 * @param progress is given the vectorizer after each look, the last one included, by the waiting thread and outside of
 *     transactions of the library's own. What it throws ends the waiting
 */
public record QueueWait(Duration timeout, @Nullable Duration pollInterval, Consumer<StoredVectorizer> progress) {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LAST = Duration.ofSeconds(5);

    /**
     * Checks the durations.
     *
     * @param timeout as above
     * @param pollInterval as above
     * @param progress as above
     * @throws PgaiException when a duration is out of range
     */
    public QueueWait {
        Objects.requireNonNull(progress, "progress");
        if (timeout.isNegative()) {
            throw new PgaiException("timeout must be zero or more, not " + timeout + ".");
        }
        if (pollInterval != null && (pollInterval.compareTo(SHORTEST) < 0 || pollInterval.compareTo(LONGEST) > 0)) {
            throw new PgaiException(
                    "pollInterval must be from " + SHORTEST + " to " + LONGEST + ", not " + pollInterval + ".");
        }
    }

    /**
     * Waits, and tells nobody how it goes.
     *
     * @param timeout how long at most, from zero, which looks once
     * @return a new value
     * @throws PgaiException when the duration is negative
     */
    public static QueueWait upTo(Duration timeout) {
        return new QueueWait(timeout, null, vectorizer -> {});
    }

    /**
     * Looks at regular intervals. Each look is two short queries.
     *
     * @param interval the time between two looks, from 1 ms to 1 hour
     * @return a copy with this interval
     * @throws PgaiException when the duration is out of range
     */
    public QueueWait withPollInterval(Duration interval) {
        return new QueueWait(timeout, Objects.requireNonNull(interval, "interval"), progress);
    }

    /**
     * Tells how it goes.
     *
     * @param callback as {@code progress} above
     * @return a copy with this callback
     */
    public QueueWait withProgress(Consumer<StoredVectorizer> callback) {
        return new QueueWait(timeout, pollInterval, callback);
    }

    /** The pause after a number of looks, from 1. */
    Duration pauseAfter(int looks) {
        if (pollInterval != null) {
            return pollInterval;
        }
        Duration doubled = FIRST.multipliedBy(1L << Math.min(looks - 1, 10));
        return doubled.compareTo(LAST) < 0 ? doubled : LAST;
    }
}
