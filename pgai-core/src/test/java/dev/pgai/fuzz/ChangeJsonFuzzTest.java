package dev.pgai.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pgai.change.VectorizerChange;

class ChangeJsonFuzzTest {

    @FuzzTest(maxDuration = "10s")
    void what_is_written_is_read_back(byte[] input) {
        Reading.of(() -> VectorizerChange.readList(Reading.text(input)));
        Reading.of(() -> VectorizerChange.read(Reading.text(input))).ifPresent(ChangeJsonFuzzTest::holds);
    }

    private static void holds(VectorizerChange change) {
        VectorizerChange read = VectorizerChange.read(change.toJson());
        assertThat(read).isEqualTo(change);
        assertThat(read.canonicalText()).isEqualTo(change.canonicalText()).matches("[ -\\x7f]+");
        assertThat(change.sql()).isNotEmpty().noneMatch(sql -> sql.lines().count() > 1);
        assertThat(change.inverse().isPresent())
                .isNotEqualTo(!change.whyNoInverse().isEmpty());
    }
}
