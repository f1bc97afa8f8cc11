package dev.pgai.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pgai.change.VectorizerChange;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJava;
import dev.pgai.vectorizer.VectorizerJson;

class DefinitionJsonFuzzTest {

    @FuzzTest(maxDuration = "10s")
    void what_is_written_is_read_back(byte[] input) {
        Reading.of(() -> VectorizerJson.readList(Reading.text(input)));
        Reading.of(() -> VectorizerJson.read(Reading.text(input))).ifPresent(DefinitionJsonFuzzTest::holds);
    }

    private static void holds(VectorizerDefinition definition) {
        assertThat(VectorizerJson.read(VectorizerJson.write(definition))).isEqualTo(definition);
        assertThat(DefinitionDifference.between(definition, definition.asStored()))
                .isEmpty();
        assertThat(VectorizerChange.create(definition).sql()).noneMatch(sql -> sql.contains("\n"));
        Reading.of(() -> VectorizerJava.write(definition));
    }
}
