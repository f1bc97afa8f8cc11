package dev.pgai.search;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The primary key of the row that an embedding belongs to. Serializable, as its values are.
 *
 * @param values column by column, in the key's order: {@code Integer}, {@code Long}, {@code String}, {@code UUID} and
 *     what else the driver has for a type of PostgreSQL's; a {@code String} with the text form for all other types
 */
public record SourceKey(Map<String, Object> values) implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Copies the values.
     *
     * @param values as above
     * @throws InvalidArgumentException when there are none, or one is null
     */
    public SourceKey {
        Map<String, Object> copy = new LinkedHashMap<>();
        Check.notNull("values", values)
                .forEach((column, value) ->
                        copy.put(Check.notNull("column", column), Check.notNull("values." + column, value)));
        if (copy.isEmpty()) {
            throw new InvalidArgumentException("values", copy, "a key has columns", "Give the values of all of them.");
        }
        values = Collections.unmodifiableMap(copy);
    }

    /**
     * One of the values.
     *
     * @param column a column of the key
     * @return its value
     * @throws InvalidArgumentException when the key has no such column
     */
    public Object get(String column) {
        @Nullable Object value = values.get(Check.notNull("column", column));
        if (value == null) {
            throw new InvalidArgumentException(
                    "column",
                    column,
                    "the key has no such column",
                    "It has: " + String.join(", ", values.keySet()) + ".");
        }
        return value;
    }
}
