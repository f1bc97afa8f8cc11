package dev.pgai.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pgai.search.VectorText;

class VectorTextFuzzTest {

    @FuzzTest(maxDuration = "10s")
    void what_is_written_is_read_back(byte[] input) {
        Reading.of(() -> VectorText.read(Reading.text(input)))
                .ifPresent(vector ->
                        assertThat(VectorText.read(VectorText.write(vector))).isEqualTo(vector));
    }
}
