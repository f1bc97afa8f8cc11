package dev.pgai.search;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the SQL of a search must know of a database, so that no name in it means something else: the schema of pgvector,
 * and the types of the columns that conditions are on. {@code Pgai.resolve} of pgai-jdbc reads it; it can also be
 * written by hand:
 *
 * <pre>{@code
 * ColumnTypes.vectorIn("public").and("email", ColumnType.of("public", "citext"));
 * }</pre>
 *
 * @param vectorSchema the schema of the type {@code vector} and of its operators
 * @param dimensions those of the embeddings, or null when they are not known
 * @param distances the distances that this pgvector has
 * @param columns by name, the columns that conditions may be on
 */
public record ColumnTypes(
        String vectorSchema, @Nullable Integer dimensions, Set<Distance> distances, Map<String, ColumnType> columns) {

    /**
     * Copies the collections.
     *
     * @param vectorSchema as above
     * @param dimensions as above
     * @param distances as above
     * @param columns as above
     * @throws InvalidArgumentException when something is null but the dimensions, a name is one that PostgreSQL cannot
     *     store, or the dimensions are less than 1
     */
    public ColumnTypes {
        Check.text("vectorSchema", vectorSchema);
        Check.range("dimensions", dimensions, 1, Integer.MAX_VALUE, "Give null when they are not known.");
        distances = Set.copyOf(Check.notNull("distances", distances));
        Map<String, ColumnType> copy = new TreeMap<>();
        Check.notNull("columns", columns)
                .forEach((column, type) ->
                        copy.put(Check.text("column", column), Check.notNull("columns." + column, type)));
        columns = Collections.unmodifiableMap(copy);
    }

    /**
     * A pgvector with all distances, and no column.
     *
     * @param schema where the extension is
     * @return the types, to which columns are added
     * @throws InvalidArgumentException when the name is null or holds what PostgreSQL cannot store
     */
    public static ColumnTypes vectorIn(String schema) {
        return new ColumnTypes(schema, null, EnumSet.allOf(Distance.class), Map.of());
    }

    /**
     * Adds a column.
     *
     * @param column its name as it is stored, without quotes
     * @param type by which it is compared
     * @return a copy
     * @throws InvalidArgumentException when the column is null or holds what PostgreSQL cannot store, or the type is
     *     null
     */
    public ColumnTypes and(String column, ColumnType type) {
        Map<String, ColumnType> more = new TreeMap<>(columns);
        more.put(Check.text("column", column), Check.notNull("type", type));
        return new ColumnTypes(vectorSchema, dimensions, distances, more);
    }
}
