package dev.pgai.testkit.internal.python;

import org.jspecify.annotations.Nullable;

/**
 * The type of a column, as psycopg sees it: that below a domain.
 *
 * @param name the name in {@code pg_type}
 * @param kind {@code typtype}
 * @param element the name of the elements' type, null for what is not an array
 */
public record ColumnType(String name, String kind, @Nullable String element) {

    boolean isRange() {
        return kind.equals("r") || kind.equals("m");
    }
}
