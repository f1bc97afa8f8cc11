package dev.pgai.contract.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgai.json.JsonObject;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.UnknownOption;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the library says of a definition, without a database, against what the real catalog made of it. */
class RecordedDefinitionsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<RecordedCase> definitions() {
        return RecordedCase.all("cases").filter(recorded -> recorded.json().has("definition"));
    }

    static Stream<RecordedCase> vectorizers() {
        return RecordedCase.all("cases")
                .filter(recorded -> !recorded.after().get("vectorizers").isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("definitions")
    void reads_and_writes_the_definition(RecordedCase recorded) throws JsonProcessingException {
        JsonNode json = recorded.json().get("definition");

        JsonNode written = MAPPER.readTree(recorded.create().toJson());
        boolean ifAbsent = ((ObjectNode) written).remove("action").asText().equals("create_if_absent");
        if (ifAbsent) {
            ((ObjectNode) written).put("if_not_exists", true);
        }
        assertThat(written).isEqualTo(json);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("definitions")
    void foretells_what_is_stored(RecordedCase recorded) {
        VectorizerDefinition definition = definition(recorded);
        JsonNode row = recorded.after().get("vectorizers").get(0);
        CatalogNames names = CatalogNames.of(definition);

        assertThat(stored(row))
                .isEqualTo(definition.asStored().toBuilder()
                        .queueSchema(names.queue(id(row)).schema())
                        .queueTable(names.queue(id(row)).name())
                        .build());
        assertThat(DefinitionDifference.all(definition, stored(row)))
                .as("what was created and is read back is no drift")
                .isEmpty();
        assertThat(row.get("queue_failed_table").asText())
                .isEqualTo(names.failedQueue(id(row)).name());
        assertThat(row.get("trigger_name").asText()).isEqualTo(names.trigger(id(row)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("definitions")
    void foretells_the_names_of_the_objects(RecordedCase recorded) {
        CatalogNames names = CatalogNames.of(definition(recorded));
        JsonNode after = recorded.after();
        int id = id(after.get("vectorizers").get(0));

        assertThat(elements(after.get("relations"))
                        .filter(relation -> !relation.get("kind").asText().equals("i"))
                        .map(relation -> relation.get("schema").asText() + "."
                                + relation.get("name").asText()))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(names.store(), names.view(), names.queue(id), names.failedQueue(id))
                                .filter(Objects::nonNull)
                                .map(RelationName::toString)
                                .toList());
        assertThat(elements(after.get("functions")).map(JsonNode::asText))
                .containsExactly(names.triggerFunction(id).toString());
        assertThat(elements(after.get("triggers"))
                        .map(trigger -> trigger.get("name").asText()))
                .containsExactlyInAnyOrder(names.trigger(id), names.truncateTrigger(id));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectorizers")
    void knows_every_stored_option(RecordedCase recorded) {
        assertThat(elements(recorded.after().get("vectorizers")).flatMap(row -> stored(row).options().stream()))
                .doesNotHaveAnyElementsOfTypes(UnknownOption.class)
                .hasSizeGreaterThanOrEqualTo(9);
    }

    private static VectorizerDefinition definition(RecordedCase recorded) {
        return recorded.create().creates().orElseThrow();
    }

    private static VectorizerDefinition stored(JsonNode row) {
        return DefinitionForm.readStored(
                RelationName.of(
                        row.get("source_schema").asText(),
                        row.get("source_table").asText()),
                row.get("name").asText(),
                row.get("queue_schema").asText(),
                row.get("queue_table").asText(),
                JsonObject.of("config", row.get("config").toString()));
    }

    private static int id(JsonNode row) {
        return row.get("id").asInt();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
