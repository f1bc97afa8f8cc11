package dev.pgai.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.RelationName;

class RelationNameFuzzTest {

    @FuzzTest(maxDuration = "10s")
    void what_is_written_is_read_back(byte[] input) {
        Reading.of(() -> RelationName.parse(Reading.text(input)))
                .ifPresent(name ->
                        assertThat(RelationName.parse(SqlText.relation(name))).isEqualTo(name));
    }
}
