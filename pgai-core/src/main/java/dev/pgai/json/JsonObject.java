package dev.pgai.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgai.InvalidArgumentException;
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
public class JsonObject {

    /** The path of the outermost value, as JSONPath has it. */
    public static final String ROOT = "$";

    /** The key by which the catalog marks an option that it stores. */
    public static final String CONFIG_TYPE = "config_type";

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

    /** One object, from its text. */
    public static JsonObject of(String json) {
        return of("", json);
    }

    /** One object, from its text; the path comes before all others in messages. */
    public static JsonObject of(String path, String json) {
        return new JsonObject(path, JsonText.parse(json));
    }

    /** One object, from a format that knows no types, such as XML, or that loses some. */
    public static JsonObject loose(Map<String, ?> values) {
        return new LooseObject("", JsonText.tree(values));
    }

    /**
     * Reads the elements of an array, each of which is an object.
     *
     * @param what the elements are, for messages
     */
    public static <T> List<T> each(String json, String what, Function<JsonObject, T> reader) {
        JsonNode array = JsonText.parse(json);
        if (!array.isArray()) {
            throw wrongType("", array, "an array of " + what);
        }
        List<T> elements = new ArrayList<>();
        for (JsonNode element : array) {
            try {
                elements.add(reader.apply(new JsonObject("", element)));
            } catch (InvalidArgumentException e) {
                String index = "[" + elements.size() + "]";
                throw e.at(e.argument().equals(ROOT) ? index : index + "." + e.argument());
            }
        }
        return List.copyOf(elements);
    }

    /** The objects of an array. */
    public <T> List<T> objects(String key, Function<JsonObject, T> reader) {
        JsonNode array = required(key);
        if (!array.isArray()) {
            throw wrongType(pathOf(key), array, "an array of objects");
        }
        List<T> elements = new ArrayList<>();
        for (JsonNode element : array) {
            elements.add(reader.apply(new JsonObject(pathOf(key) + "[" + elements.size() + "]", element)));
        }
        return List.copyOf(elements);
    }

    public final boolean has(String key) {
        known.add(key);
        return node.has(key);
    }

    public final <T> void ifPresent(String key, Function<String, T> getter, Consumer<T> setter) {
        if (has(key)) {
            setter.accept(getter.apply(key));
        }
    }

    public final <T> @Nullable T optional(String key, Function<String, T> getter) {
        return has(key) ? getter.apply(key) : null;
    }

    public JsonObject object(String key) {
        return new JsonObject(pathOf(key), required(key));
    }

    public final String text(String key) {
        JsonNode value = required(key);
        if (!value.isTextual()) {
            throw wrongType(pathOf(key), value, "text");
        }
        return value.textValue();
    }

    public int integer(String key) {
        JsonNode value = required(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrongType(pathOf(key), value, "a whole number of 32 bits");
        }
        return value.intValue();
    }

    public double decimal(String key) {
        JsonNode value = required(key);
        if (!value.isNumber()) {
            throw wrongType(pathOf(key), value, "a number");
        }
        return value.doubleValue();
    }

    public boolean bool(String key) {
        JsonNode value = required(key);
        if (!value.isBoolean()) {
            throw wrongType(pathOf(key), value, "true or false");
        }
        return value.booleanValue();
    }

    public List<String> texts(String key) {
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

    public Map<String, Object> map(String key) {
        return object(key).toMap();
    }

    /** A value that has a text form of its own; its refusals get the path of the key. */
    public final <T> T parsed(String key, Function<String, T> parser) {
        try {
            return parser.apply(text(key));
        } catch (InvalidArgumentException e) {
            throw e.at(pathOf(key));
        }
    }

    public final Instant instant(String key) {
        String value = text(key);
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException e) {
            throw new InvalidArgumentException(
                    pathOf(key), value, "it is not a time with an offset", "Write it as 2026-01-31T12:00:00Z.");
        }
    }

    public final <E extends Enum<E>> E constant(String key, Class<E> type) {
        String value = text(key);
        return EnumNames.find(type, value)
                .orElseThrow(() -> new InvalidArgumentException(
                        pathOf(key), value, "it must be one of " + EnumNames.all(type), "Choose one of these."));
    }

    public final Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        node.properties().forEach(field -> put(map, field.getKey(), value(field.getValue())));
        return map;
    }

    /** To be called when all keys have been asked for. */
    public final void refuseOtherKeys() {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                // Only the catalog writes its mark.
                known.remove(CONFIG_TYPE);
                throw new InvalidArgumentException(
                        pathOf(key), value(node.get(key)), "no such key is known here", "Known keys: " + known + ".");
            }
        });
    }

    public final String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Whether this is an option as the catalog stores it. */
    public boolean isStored() {
        return has(CONFIG_TYPE);
    }

    /** What to do about an implementation that is not known. */
    public String hintForImplementation() {
        return "Choose one of these; an option of a newer catalog is kept when it has the key config_type.";
    }

    final JsonNode required(String key) {
        known.add(key);
        JsonNode value = node.get(key);
        if (value == null) {
            throw new InvalidArgumentException(pathOf(key), null, "it is required", "Add the key.");
        }
        return value;
    }

    static InvalidArgumentException wrongType(String path, JsonNode value, String type) {
        return new InvalidArgumentException(
                path.isEmpty() ? ROOT : path,
                value(value),
                value.isNull() ? "null is not " + type : "it must be " + type,
                "Correct the value, or leave the key out if it is optional.");
    }

    @SuppressWarnings("NullAway") // JSON's null is a value
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
        if (node.isFloat() || node.isDouble()) {
            // Of Java's own, from a map: there it may be no number at all.
            return node.numberValue();
        }
        return node.isNumber() ? node.decimalValue() : null;
    }
}
