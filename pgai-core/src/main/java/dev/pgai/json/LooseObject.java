package dev.pgai.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgai.InvalidArgumentException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * An object from a format that does not tell types: the getter that is called says which type a text spells. A list of
 * one may be its element, and a list of none null. A map is the text of a JSON object, because in it no type is known
 * beforehand.
 */
final class LooseObject extends JsonObject {

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    private static final Pattern BOOLEAN = Pattern.compile("true|false");

    LooseObject(String path, JsonNode node) {
        super(path, node);
    }

    @Override
    public JsonObject object(String key) {
        return new LooseObject(pathOf(key), required(key));
    }

    @Override
    public int integer(String key) {
        return spelled(key, WHOLE, "a whole number of 32 bits", Integer::valueOf, super::integer);
    }

    @Override
    public double decimal(String key) {
        return spelled(key, NUMBER, "a number", Double::valueOf, super::decimal);
    }

    @Override
    public boolean bool(String key) {
        return spelled(key, BOOLEAN, "true or false", Boolean::valueOf, super::bool);
    }

    @Override
    public List<String> texts(String key) {
        JsonNode value = required(key);
        if (value.isNull()) {
            return List.of();
        }
        return value.isTextual() ? List.of(value.textValue()) : super.texts(key);
    }

    @Override
    public Map<String, Object> map(String key) {
        JsonNode value = required(key);
        if (!value.isTextual()) {
            throw wrongType(pathOf(key), value, "the text of a JSON object, such as '{\"num_ctx\": 1024}'");
        }
        try {
            return JsonObject.of(value.textValue()).toMap();
        } catch (InvalidArgumentException e) {
            throw e.at(pathOf(key));
        }
    }

    /** What the catalog stores has types that a text does not spell. */
    @Override
    public boolean isStored() {
        if (super.isStored()) {
            throw new InvalidArgumentException(
                    pathOf(CONFIG_TYPE),
                    toMap().get(CONFIG_TYPE),
                    "only the catalog writes it",
                    "Leave it out, and name the option by its key.");
        }
        return false;
    }

    @Override
    public String hintForImplementation() {
        return "Choose one of these.";
    }

    private <T> T spelled(
            String key, Pattern spelling, String type, Function<String, T> parser, Function<String, T> typed) {
        JsonNode value = required(key);
        if (!value.isTextual()) {
            return typed.apply(key);
        }
        String text = value.textValue();
        if (!spelling.matcher(text).matches()) {
            throw wrongType(pathOf(key), value, type);
        }
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw wrongType(pathOf(key), value, type);
        }
    }
}
