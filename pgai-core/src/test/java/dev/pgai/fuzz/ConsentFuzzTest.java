package dev.pgai.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pgai.plan.Consent;
import dev.pgai.plan.Hazard;

class ConsentFuzzTest {

    @FuzzTest(maxDuration = "10s")
    void what_is_written_is_read_back(byte[] input) {
        String text = Reading.text(input);
        Reading.of(() -> Consent.parse(text))
                .ifPresent(consent -> assertThat(consent.toString()).isEqualTo(text));
        Reading.of(() -> new Consent(text, Hazard.REEMBEDS_ROWS))
                .ifPresent(
                        consent -> assertThat(Consent.parse(consent.toString())).isEqualTo(consent));
    }
}
