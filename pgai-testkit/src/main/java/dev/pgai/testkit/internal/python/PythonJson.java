package dev.pgai.testkit.internal.python;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** As Python's {@code str} of what {@code json.loads} makes of a document. */
final class PythonJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private PythonJson() {}

    static String of(String json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            return node.isTextual() ? node.textValue() : repr(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The server sent JSON that cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private static String repr(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "{" + members(node) + "}";
            case ARRAY -> "[" + elements(node) + "]";
            case STRING -> PythonRepr.of(node.textValue());
            case BOOLEAN -> node.booleanValue() ? "True" : "False";
            case NUMBER ->
                node.isIntegralNumber() ? node.bigIntegerValue().toString() : PythonRepr.of(node.doubleValue());
            default -> "None";
        };
    }

    private static String members(JsonNode object) {
        return object.properties().stream()
                .map(member -> PythonRepr.of(member.getKey()) + ": " + repr(member.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String elements(JsonNode array) {
        List<String> elements = new ArrayList<>();
        array.forEach(element -> elements.add(repr(element)));
        return String.join(", ", elements);
    }
}
