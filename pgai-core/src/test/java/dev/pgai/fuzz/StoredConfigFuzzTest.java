package dev.pgai.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pgai.json.JsonObject;
import dev.pgai.json.JsonText;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJava;
import dev.pgai.vectorizer.VectorizerJson;

class StoredConfigFuzzTest {

    @FuzzTest(maxDuration = "10s")
    void what_a_catalog_holds_is_read_and_lost_nowhere(byte[] input) {
        String text = Reading.text(input);
        assertThat(JsonText.readLeniently(text)).isNotNull();
        Reading.of(() -> DefinitionForm.readStored(
                        RelationName.of("public", "blog"), "v", null, null, JsonObject.of("config", text)))
                .ifPresent(StoredConfigFuzzTest::holds);
    }

    private static void holds(VectorizerDefinition definition) {
        assertThat(definition.toString()).isNotBlank();
        assertThat(DefinitionDifference.between(definition, definition.asStored()))
                .isEmpty();
        Reading.of(() -> VectorizerJava.write(definition));
        Reading.of(() -> VectorizerJson.read(VectorizerJson.write(definition)))
                .ifPresent(read -> assertThat(read).isEqualTo(definition));
    }
}
