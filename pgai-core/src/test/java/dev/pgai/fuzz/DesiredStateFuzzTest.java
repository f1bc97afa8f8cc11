package dev.pgai.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pgai.json.JsonText;
import dev.pgai.plan.DesiredState;
import dev.pgai.vectorizer.VectorizerJson;
import java.util.stream.Collectors;

class DesiredStateFuzzTest {

    @FuzzTest(maxDuration = "10s")
    void what_is_written_is_read_back(byte[] input) {
        Reading.of(() -> DesiredState.read(Reading.text(input)))
                .ifPresent(
                        state -> assertThat(DesiredState.read(written(state))).isEqualTo(state));
    }

    private static String written(DesiredState state) {
        return state.definitions().stream()
                .map(VectorizerJson::write)
                .collect(Collectors.joining(
                        ",", "{\"vectorizers\": [", "], \"removed\": " + JsonText.write(state.removed()) + "}"));
    }
}
