package dev.pgai.liquibase;

import dev.pgai.InvalidArgumentException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import liquibase.parser.core.ParsedNode;
import org.jspecify.annotations.Nullable;

/**
 * What a changelog holds, in the shape of the JSON form. XML, YAML and JSON arrive alike, as nodes: attributes and
 * elements are children, and types are what the format knew.
 */
final class NodeValues {

    /**
     * The attribute that holds an element's text as it is. Liquibase trims text between tags, and drops it when nothing
     * is left.
     */
    static final String TEXT = "value";

    static final String TIME = "initial_start";

    /** What Liquibase makes of a time without quotes. */
    private static final Pattern TIME_OF_YAML =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}|[A-Z][a-z]{2} [A-Z][a-z]{2} .*");

    /** The keys whose values are lists of texts. */
    private static final Set<String> LISTS = Set.of("separators", "grant_to", "around", "consents");

    private NodeValues() {}

    static Map<String, Object> of(ParsedNode node) {
        return of("", node);
    }

    private static Map<String, Object> of(String path, ParsedNode node) {
        if (node.getValue() != null) {
            throw new InvalidArgumentException(
                    path.isEmpty() ? node.getName() : path,
                    node.getValue(),
                    "options are expected here, each by its key",
                    "Put the value below its key.");
        }
        Map<String, List<@Nullable Object>> byName = new LinkedHashMap<>();
        for (ParsedNode child : node.getChildren()) {
            String childPath = path.isEmpty() ? child.getName() : path + "." + child.getName();
            byName.computeIfAbsent(child.getName(), name -> new ArrayList<>()).add(value(childPath, child));
        }
        Map<String, Object> values = new LinkedHashMap<>();
        byName.forEach((name, all) -> put(values, name, all.size() == 1 ? all.get(0) : all));
        return values;
    }

    private static @Nullable Object value(String path, ParsedNode node) {
        List<ParsedNode> children = node.getChildren();
        if (children.isEmpty()) {
            return plain(path, node);
        }
        if (children.size() == 1
                && node.getValue() == null
                && children.get(0).getName().equals(TEXT)) {
            return plain(path, children.get(0));
        }
        return unwrapped(node.getName(), of(path, node));
    }

    /** Liquibase's own YAML and JSON have the name of an object twice: as a key, and around the object. */
    private static Object unwrapped(String name, Map<String, Object> values) {
        boolean isWrapped = values.size() == 1
                && values.containsKey(name)
                && (values.get(name) instanceof Map || LISTS.contains(name));
        Object inner = isWrapped ? values.get(name) : values;
        return inner == null ? List.of() : inner;
    }

    /** As it was written: YAML makes dates of what looks like one, and bytes of a text that it cannot print. */
    private static @Nullable Object plain(String path, ParsedNode node) {
        Object value = node.getValue();
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        if (value instanceof Date date) {
            // A day in the zone of this machine, for Liquibase makes texts of times of the day.
            return date.toInstant().atZone(ZoneId.systemDefault()).toLocalDate().toString();
        }
        if (node.getName().equals(TIME)
                && value instanceof String text
                && TIME_OF_YAML.matcher(text).matches()) {
            throw new InvalidArgumentException(
                    path, text, "YAML reads it as a time, and loses its offset", "Put it in quotes.");
        }
        return value;
    }

    /** A key without a value is one, too, and is refused, or an empty list, where the type of the key is known. */
    @SuppressWarnings("NullAway")
    private static void put(Map<String, Object> values, String name, @Nullable Object value) {
        values.put(name, value);
    }
}
