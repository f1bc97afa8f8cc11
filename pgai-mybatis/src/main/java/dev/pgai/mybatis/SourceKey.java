package dev.pgai.mybatis;

import dev.pgai.PgaiException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The primary key of the row that an embedding belongs to.
 *
 * @param values column by column, in the key's order; as the driver gives them, such as {@code Integer}, {@code Long},
 *     {@code String}, {@code UUID}
 */
public record SourceKey(Map<String, Object> values) {

    /**
     * Copies the values.
     *
     * @param values as above
     */
    public SourceKey {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * One of the values.
     *
     * @param column a column of the key
     * @return its value
     * @throws PgaiException when the key has no such column
     */
    public Object get(String column) {
        Object value = values.get(column);
        if (value == null) {
            throw new PgaiException("The key has no column \"" + column + "\". It has: " + values.keySet() + ".");
        }
        return value;
    }
}
