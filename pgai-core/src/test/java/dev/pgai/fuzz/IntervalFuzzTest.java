package dev.pgai.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pgai.vectorizer.Interval;

class IntervalFuzzTest {

    @FuzzTest(maxDuration = "10s")
    void what_is_written_is_read_back(byte[] input) {
        Reading.of(() -> Interval.parse(Reading.text(input)))
                .ifPresent(interval ->
                        assertThat(Interval.parse(interval.toString())).isEqualTo(interval));
    }
}
