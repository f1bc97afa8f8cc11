package dev.pgai.liquibase;

import dev.pgai.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final String TEXT = "value";

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
            // SnakeYAML makes dates of what looks like one.
            return node.getValue() instanceof Date date ? date.toInstant().toString() : node.getValue();
        }
        if (children.size() == 1
                && node.getValue() == null
                && children.get(0).getName().equals(TEXT)) {
            return children.get(0).getValue();
        }
        return of(path, node);
    }

    /** A key without a value is one, too, and is refused, or an empty list, where the type of the key is known. */
    @SuppressWarnings("NullAway")
    private static void put(Map<String, Object> values, String name, @Nullable Object value) {
        values.put(name, value);
    }
}
