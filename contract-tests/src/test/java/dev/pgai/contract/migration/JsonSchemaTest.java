package dev.pgai.contract.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.pgai.InvalidArgumentException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.plan.DesiredState;
import dev.pgai.vectorizer.VectorizerJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an editor says about a file of definitions is what the reader says. */
class JsonSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(DesiredState.jsonSchema());

    /** Every option with all its arguments, and options of a newer catalog. */
    private static List<ObjectNode> definitions() throws IOException {
        List<ObjectNode> definitions = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("../pgai-core/src/test/resources/golden-changes.txt"))) {
            if (line.startsWith("{")) {
                VectorizerChange.read(line)
                        .becomes()
                        .map(VectorizerJson::write)
                        .map(JsonSchemaTest::parsed)
                        .ifPresent(definitions::add);
            }
        }
        assertThat(definitions).hasSizeGreaterThan(30);
        return definitions;
    }

    private static ObjectNode parsed(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void is_a_schema() {
        assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
                        .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                        .validate(DesiredState.jsonSchema(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void what_is_written_is_right() throws IOException {
        for (ObjectNode definition : definitions()) {
            assertThat(said("[" + definition + "]")).as(definition.toString()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"vectorizers\": []}",
                "{\"$schema\": \"vectorizers.schema.json\", \"vectorizers\": [], \"removed\": [\"old\"]}",
                "{\"$schema\": 1, \"vectorizers\": []}",
                "{\"removed\": []}",
                "{\"vectorizers\": [], \"removed\": [1]}",
                "{\"vectorizers\": [], \"removed\": \"old\"}",
                "{\"vectorizers\": {}}",
                "{\"vectorizers\": [], \"other\": 1}",
                "{}",
                "[1]",
                "[[]]",
                "1"
            })
    void a_file_is_an_array_or_an_object(String file) {
        assertThat(said(file).isEmpty()).as(said(file).toString()).isEqualTo(isRead(file));
    }

    /** Each value of each definition, replaced by each of these; each object with one more key, and with one less. */
    @Test
    void what_the_reader_refuses_is_marked() throws IOException {
        List<JsonNode> others = new ArrayList<>();
        for (String other : List.of("null", "{}", "[]", "true", "-1", "0", "1.5", "99999999999", "\"\"", "[\"x\"]")) {
            others.add(JSON.readTree(other));
        }
        List<String> differ = new ArrayList<>();
        int[] tried = {0};
        for (ObjectNode definition : definitions()) {
            Consumer<ObjectNode> compare = root -> {
                tried[0]++;
                String file = "[" + root + "]";
                if (isRead(file) != said(file).isEmpty() && !isLeftToTheReader(file)) {
                    differ.add(file + " " + said(file));
                }
            };
            change(definition, definition, others, compare);
        }

        assertThat(differ).isEmpty();
        assertThat(tried[0]).isGreaterThan(3_000);
    }

    /** What concerns more than one value, or how a text is made. */
    private static boolean isLeftToTheReader(String file) {
        try {
            DesiredState.read(file);
            return false;
        } catch (InvalidArgumentException e) {
            String message = String.valueOf(e.getMessage());
            return List.of(
                            "schedule_interval",
                            "initial_start",
                            "an index is made by the scheduled job",
                            "an hnsw index takes at most",
                            "it must be at least twice m",
                            "it must not be greater than chunk_size",
                            "holds one embedding for each row",
                            "of the destination, and allows a to z")
                    .stream()
                    .anyMatch(message::contains);
        }
    }

    private static void change(ObjectNode root, JsonNode at, List<JsonNode> others, Consumer<ObjectNode> compare) {
        if (at instanceof ArrayNode array) {
            array.forEach(element -> change(root, element, others, compare));
        }
        if (!(at instanceof ObjectNode object)) {
            return;
        }
        object.put("unknown", 1);
        compare.accept(root);
        object.remove("unknown");
        for (String key : names(object)) {
            JsonNode before = object.get(key);
            change(root, before, others, compare);
            for (JsonNode other : others) {
                object.set(key, other);
                compare.accept(root);
            }
            object.remove(key);
            compare.accept(root);
            object.set(key, before);
        }
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** An option that nobody can write, or one that an editor does not offer. */
    @Test
    void has_each_option_and_no_other() throws IOException {
        Set<String> written = new TreeSet<>();
        for (ObjectNode definition : definitions()) {
            definition.properties().forEach(part -> {
                JsonNode option = part.getValue();
                if (option.has("implementation") && !option.has("config_type")) {
                    option.fieldNames()
                            .forEachRemaining(key -> written.add(part.getKey() + " "
                                    + option.get("implementation").asText() + " " + key));
                } else if (!option.has("config_type")) {
                    written.add(part.getKey());
                }
            });
        }
        Set<String> inSchema = new TreeSet<>();
        JsonNode defs = parsed(DesiredState.jsonSchema()).get("$defs");
        defs.get("vectorizer").get("properties").properties().forEach(part -> {
            if (!part.getValue().has("$ref")) {
                inSchema.add(part.getKey());
                return;
            }
            for (JsonNode kind : defs.get(part.getKey()).get("anyOf")) {
                JsonNode implementation =
                        kind.get("properties").get("implementation").get("const");
                if (implementation != null) {
                    kind.get("properties")
                            .fieldNames()
                            .forEachRemaining(
                                    key -> inSchema.add(part.getKey() + " " + implementation.asText() + " " + key));
                }
            }
        });

        assertThat(inSchema).containsExactlyElementsOf(written);
    }

    private static Set<?> said(String file) {
        return SCHEMA.validate(file, InputFormat.JSON);
    }

    private static boolean isRead(String file) {
        try {
            DesiredState.read(file);
            return true;
        } catch (InvalidArgumentException e) {
            return false;
        }
    }
}
