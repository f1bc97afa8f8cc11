package dev.pgai.vectorizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that is read strictly: each getter names the path of what it refuses, and a key that no getter asked
 * for is an error.
 */
class JsonObject {

    /** The path of the outermost value, as JSONPath has it. */
    static final String ROOT = "$";

    private final String path;
    private final JsonNode node;
    private final Set<String> known = new TreeSet<>();

    JsonObject(String path, JsonNode node) {
        this.path = path;
        this.node = node;
        if (!node.isObject()) {
            throw wrongType(path, node, "an object");
        }
    }

    boolean has(String key) {
        known.add(key);
        return node.has(key);
    }

    <T> void ifPresent(String key, Function<String, T> getter, Consumer<T> setter) {
        if (has(key)) {
            setter.accept(getter.apply(key));
        }
    }

    <T> @Nullable T optional(String key, Function<String, T> getter) {
        return has(key) ? getter.apply(key) : null;
    }

    JsonObject object(String key) {
        return new JsonObject(pathOf(key), required(key));
    }

    String text(String key) {
        JsonNode value = required(key);
        if (!value.isTextual()) {
            throw wrongType(pathOf(key), value, "text");
        }
        return value.textValue();
    }

    int integer(String key) {
        JsonNode value = required(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrongType(pathOf(key), value, "a whole number of 32 bits");
        }
        return value.intValue();
    }

    double decimal(String key) {
        JsonNode value = required(key);
        if (!value.isNumber()) {
            throw wrongType(pathOf(key), value, "a number");
        }
        return value.doubleValue();
    }

    boolean bool(String key) {
        JsonNode value = required(key);
        if (!value.isBoolean()) {
            throw wrongType(pathOf(key), value, "true or false");
        }
        return value.booleanValue();
    }

    List<String> texts(String key) {
        JsonNode value = required(key);
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            for (JsonNode element : value) {
                if (element.isTextual()) {
                    texts.add(element.textValue());
                }
            }
        }
        if (!value.isArray() || texts.size() != value.size()) {
            throw wrongType(pathOf(key), value, "an array of texts");
        }
        return texts;
    }

    Map<String, Object> map(String key) {
        return object(key).toMap();
    }

    Interval interval(String key) {
        try {
            return Interval.parse(text(key));
        } catch (InvalidDefinitionException e) {
            throw e.at(pathOf(key));
        }
    }

    Instant instant(String key) {
        String value = text(key);
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException e) {
            throw new InvalidDefinitionException(
                    pathOf(key), value, "it is not a time with an offset", "Write it as 2026-01-31T12:00:00Z.");
        }
    }

    <E extends Enum<E>> E constant(String key, Class<E> type) {
        String value = text(key);
        return EnumNames.find(type, value)
                .orElseThrow(() -> new InvalidDefinitionException(
                        pathOf(key), value, "it must be one of " + EnumNames.all(type), "Choose one of these."));
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        node.properties().forEach(field -> put(map, field.getKey(), value(field.getValue())));
        return map;
    }

    void refuseOtherKeys() {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                throw new InvalidDefinitionException(
                        pathOf(key), value(node.get(key)), "no such key is known here", "Known keys: " + known + ".");
            }
        });
    }

    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Whether it is as the catalog stores it, with what only the catalog writes. */
    boolean isStored() {
        return has("config_type");
    }

    String unknownImplementation() {
        return "Choose one of these; an option of a newer catalog is kept when it has the key config_type.";
    }

    JsonNode required(String key) {
        known.add(key);
        JsonNode value = node.get(key);
        if (value == null) {
            throw new InvalidDefinitionException(pathOf(key), null, "it is required", "Add the key.");
        }
        return value;
    }

    static InvalidDefinitionException wrongType(String path, JsonNode value, String type) {
        return new InvalidDefinitionException(
                path.isEmpty() ? ROOT : path,
                value(value),
                value.isNull() ? "null is not " + type : "it must be " + type,
                "Correct the value, or leave the key out if it is optional.");
    }

    /** As for {@link JsonValues}: JSON has null as a value. */
    @SuppressWarnings("NullAway")
    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        map.put(key, value);
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isObject()) {
            return new JsonObject("", node).toMap();
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            node.forEach(element -> list.add(value(element)));
            return list;
        }
        if (node.isTextual()) {
            return node.textValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNumber()) {
            return new BigDecimal(node.asText());
        }
        return null;
    }
}
