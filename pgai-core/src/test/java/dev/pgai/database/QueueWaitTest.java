package dev.pgai.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueWaitTest {

    private static final QueueWait WAIT = QueueWait.upTo(Duration.ofDays(1));

    @Test
    void pauses_grow_up_to_a_limit() {
        assertThat(IntStream.of(1, 2, 3, 6, 7, 8, 64, 1000).mapToObj(WAIT::pauseAfter))
                .extracting(Duration::toMillis)
                .containsExactly(100L, 200L, 400L, 3200L, 5000L, 5000L, 5000L, 5000L);
    }

    @Test
    void an_interval_that_was_chosen_stays() {
        QueueWait regular = WAIT.withPollInterval(Duration.ofSeconds(7));

        assertThat(IntStream.of(1, 64).mapToObj(regular::pauseAfter)).containsOnly(Duration.ofSeconds(7));
        assertThat(regular.withProgress(vectorizer -> {}).pauseAfter(1)).isEqualTo(Duration.ofSeconds(7));
    }
}
