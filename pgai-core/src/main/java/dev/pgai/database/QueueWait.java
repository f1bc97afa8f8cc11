package dev.pgai.database;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How {@code Pgai.awaitEmptyQueue} waits. Immutable. */
public final class QueueWait {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LAST = Duration.ofSeconds(5);

    private final Duration timeout;
    private final @Nullable Duration pollInterval;
    private final Consumer<StoredVectorizer> progress;

    private QueueWait(Duration timeout, @Nullable Duration pollInterval, Consumer<StoredVectorizer> progress) {
        this.timeout = timeout;
        this.pollInterval = pollInterval;
        this.progress = progress;
    }

    /**
     * Waits, and tells nobody how it goes.
     *
     * @param timeout how long at most, from zero, which looks once
     * @return a new value
     * @throws InvalidArgumentException when the duration is null or negative
     */
    public static QueueWait upTo(Duration timeout) {
        Check.notNegative("timeout", timeout, "Give zero to look once.");
        return new QueueWait(timeout, null, vectorizer -> {});
    }

    /**
     * Looks at regular intervals. Each look is two short queries.
     *
     * @param interval the time between two looks, from 1 ms to 1 hour; by default 100 ms at first, and twice as long
     *     each time, up to 5 s
     * @return a copy with this interval
     * @throws InvalidArgumentException when the duration is null or out of range
     */
    public QueueWait withPollInterval(Duration interval) {
        Check.notNull("pollInterval", interval);
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new InvalidArgumentException(
                    "pollInterval",
                    interval,
                    "it must be from " + SHORTEST + " to " + LONGEST,
                    "Leave the call out for the default.");
        }
        return new QueueWait(timeout, interval, progress);
    }

    /**
     * Tells how it goes.
     *
     * @param callback is given the vectorizer after each look, the last one included, by the waiting thread and outside
     *     of transactions of the library's own. What it throws ends the waiting
     * @return a copy with this callback
     * @throws InvalidArgumentException when null
     */
    public QueueWait withProgress(Consumer<StoredVectorizer> callback) {
        return new QueueWait(timeout, pollInterval, Check.notNull("progress", callback));
    }

    /**
     * How long at most.
     *
     * @return from zero
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * Who is told how it goes.
     *
     * @return the callback
     */
    public Consumer<StoredVectorizer> progress() {
        return progress;
    }

    /**
     * The pause after a number of looks.
     *
     * @param looks how many there were, from 1
     * @return the time until the next look
     */
    public Duration pauseAfter(int looks) {
        if (pollInterval != null) {
            return pollInterval;
        }
        Duration doubled = FIRST.multipliedBy(1L << Math.min(Math.max(looks, 1) - 1, 10));
        return doubled.compareTo(LAST) < 0 ? doubled : LAST;
    }
}
