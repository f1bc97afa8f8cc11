package dev.pgai.contract.recorded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgai.change.VectorizerChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One file below {@code cases}: calls on a fresh database, what they gave, and what was there afterwards. */
public record RecordedCase(String id, JsonNode json) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The cases of a folder of the test resources, by name. */
    public static Stream<RecordedCase> all(String folder) {
        try (Stream<Path> files =
                Files.list(Path.of(Objects.requireNonNull(RecordedCase.class.getResource("/" + folder), folder)
                        .toURI()))) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(RecordedCase::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RecordedCase read(Path file) {
        try {
            JsonNode json = MAPPER.readTree(file.toFile());
            return new RecordedCase(json.get("id").asText(), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The statements that make the source. */
    public List<String> setup() {
        return elements("setup").map(JsonNode::asText).toList();
    }

    /** The create that the case's definition describes; what is no state of a database is in it, too. */
    public VectorizerChange create() {
        return create(json.get("definition").toString());
    }

    static VectorizerChange create(String definition) {
        return VectorizerChange.read(
                "{\"action\":\"create\"," + definition.strip().substring(1));
    }

    public List<Step> steps() {
        return elements("steps").map(Step::new).toList();
    }

    /** The state after the last step, in the form of {@link CatalogSnapshot}. */
    public ObjectNode after() {
        return json.get("after").deepCopy();
    }

    private Stream<JsonNode> elements(String key) {
        return StreamSupport.stream(json.get(key).spliterator(), false);
    }

    @Override
    public String toString() {
        return id;
    }

    /** What one statement gave: a result, or an error, and the messages that came with it. */
    public record Step(JsonNode json) {

        /** The text that ran. */
        public String sql() {
            return json.get("sql").asText();
        }

        /** Whether the outcome is an error. */
        public boolean failed() {
            return json.has("error");
        }

        /** The SQLSTATE of a step that failed. */
        public String sqlState() {
            return json.get("error").get("sqlstate").asText();
        }

        /** The same text for a recorded step and for one that ran now, so that they compare. */
        public String outcome() {
            String outcome = failed()
                    ? "error " + sqlState() + ": "
                            + json.get("error").get("message").asText()
                    : "result " + json.get("result").asText();
            return json.has("messages") ? outcome + "\nmessages " + json.get("messages") : outcome;
        }

        /** Where messages were not recorded. */
        public Step withoutMessages() {
            ObjectNode copy = json.deepCopy();
            copy.remove("messages");
            return new Step(copy);
        }
    }
}
