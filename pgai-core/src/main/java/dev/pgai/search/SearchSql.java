package dev.pgai.search;

import dev.pgai.InvalidArgumentException;
import dev.pgai.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the statement of a search.
 *
 * <p>Each parameter is a text within a cast, because tools bind a {@code String} as {@code varchar}, and {@code citext
 * = varchar} compares with case. The vector and several values are in a subquery of their own: a cast from a text that
 * is not known to the planner, as in a generic plan, runs again for each row, and a subquery once. The limit is a
 * number in the text, because the planner chooses by it whether an index is worth its while.
 *
 * <p>An operator is looked for in one schema. There it must have exactly the types of both sides, or others could put a
 * better match next to it; hence the cast of the column, which does nothing but for domains and {@code varchar}, and
 * keeps no index from use. In {@code pg_catalog} there are no others.
 */
final class SearchSql {

    private static final String ALIAS = "e";

    private final EmbeddingRelation relation;
    private final @Nullable ColumnTypes known;
    private final ColumnTypes types;
    private final List<String> parameters = new ArrayList<>();

    /** A statement, and a text for each of its {@code ?}. */
    record Rendered(String sql, List<String> parameters) {}

    SearchSql(EmbeddingRelation relation) {
        this.relation = relation;
        this.known = relation.types();
        this.types = known == null ? ColumnTypes.vectorIn("public") : known;
    }

    Rendered render(
            float[] vector,
            Distance distance,
            List<Condition> conditions,
            int limit,
            @Nullable Integer offset,
            @Nullable Double maxDistance,
            @Nullable IterativeScan iterative) {
        check(vector, distance);
        StringJoiner columns = new StringJoiner(", ", "select ", "");
        columns.add(keyColumns());
        for (int i = 0; i < relation.keyColumns().size(); i++) {
            columns.add(column(relation.keyColumns().get(i)) + " as " + key(i));
        }
        if (relation.chunked()) {
            columns.add(ALIAS + ".embedding_uuid").add(ALIAS + ".chunk_seq").add(ALIAS + ".chunk");
        }
        // By the operator alone and in ascending order, which is what an index on the embeddings serves.
        String sql = columns.add(toVector(vector, distance) + " as distance")
                + " from " + SqlText.relation(relation.name()) + " " + ALIAS + where(conditions) + " order by distance"
                + (offset == null ? "" : ", " + String.join(", ", tieBreakers())) + " limit " + limit
                + (offset == null ? "" : " offset " + offset);
        if (maxDistance != null || iterative == IterativeScan.RELAXED_ORDER) {
            sql = filteredAndSorted(sql, maxDistance, offset);
        }
        return new Rendered(sql, List.copyOf(parameters));
    }

    private void check(float[] vector, Distance distance) {
        if (!types.distances().contains(distance)) {
            throw new InvalidArgumentException(
                    "distance",
                    distance,
                    "the pgvector of this database has no operator " + distance.operator(),
                    "Update the extension, or choose another distance.");
        }
        Integer dimensions = types.dimensions();
        if (dimensions != null && dimensions != vector.length) {
            throw new InvalidArgumentException(
                    "vector",
                    vector.length + " numbers",
                    "the embeddings in " + relation.name() + " have " + dimensions + " dimensions",
                    "Make it with the model that made the embeddings.");
        }
    }

    /** With the names in the result, a row says itself what its key is. */
    private String keyColumns() {
        return relation.keyColumns().stream()
                .map(SqlText::literal)
                .collect(Collectors.joining(", ", "cast(array[", "] as pg_catalog.text[]) as key_columns"));
    }

    private List<String> tieBreakers() {
        return relation.chunked() ? List.of("embedding_uuid") : keys();
    }

    private List<String> keys() {
        return IntStream.range(0, relation.keyColumns().size())
                .mapToObj(SearchSql::key)
                .toList();
    }

    private static String key(int i) {
        return "key_" + (i + 1);
    }

    private String toVector(float[] vector, Distance distance) {
        String type = type(types.vectorSchema(), "vector");
        return columnAs(type, relation.embeddingColumn()) + " " + operator(types.vectorSchema(), distance.operator())
                + " (select " + cast(VectorText.write(vector), type) + ")";
    }

    /**
     * Around what the limit has cut. Inside, a condition on the distance would have an index go on and on for rows that
     * are never near enough. The order is made anew, and the sum keeps the planner from taking it as given, because an
     * index that is asked for more may break it.
     */
    private String filteredAndSorted(String nearest, @Nullable Double maxDistance, @Nullable Integer offset) {
        StringJoiner columns = new StringJoiner(", ", "select ", "");
        columns.add("n.key_columns");
        keys().forEach(key -> columns.add("n." + key));
        if (relation.chunked()) {
            columns.add("n.embedding_uuid").add("n.chunk_seq").add("n.chunk");
        }
        columns.add("n.distance");
        String filter = maxDistance == null
                ? ""
                : " where n.distance operator(pg_catalog.<=) "
                        + cast(Double.toString(maxDistance), type(ColumnType.BUILT_IN, "float8"));
        return columns + " from (" + nearest + ") n" + filter
                + " order by n.distance operator(pg_catalog.+) cast(0 as pg_catalog.float8)"
                + (offset == null
                        ? ""
                        : tieBreakers().stream().map(key -> ", n." + key).collect(Collectors.joining()));
    }

    private String where(List<Condition> conditions) {
        StringJoiner all = new StringJoiner(" and ", " where ", "");
        // A row that waits for its embedding is at no distance.
        all.add(column(relation.embeddingColumn()) + " is not null");
        conditions.forEach(condition -> all.add(sql(condition)));
        return all.toString();
    }

    private String sql(Condition condition) {
        if (condition instanceof Condition.Null isNull) {
            type(isNull.column());
            return column(isNull.column()) + (isNull.wanted() ? " is null" : " is not null");
        }
        if (condition instanceof Condition.Comparison comparison) {
            Operand operand = operand(comparison.column(), comparison.operator(), comparison.value());
            return operand.compared() + " " + cast(operand.text(comparison.value()), operand.type());
        }
        Condition.OneOf oneOf = (Condition.OneOf) condition;
        Operand operand =
                operand(oneOf.column(), Condition.Operator.EQUAL, oneOf.values().get(0));
        return operand.compared() + " any (" + values(operand, oneOf.values()) + ")";
    }

    /**
     * One parameter, which is read once. An array of arrays would be compared value by value, so that they are rows.
     */
    private String values(Operand operand, List<Object> values) {
        String rows = "select cast(u.v as " + operand.type() + ") from pg_catalog.unnest("
                + cast(array(operand, values), "pg_catalog._text") + ") u (v)";
        return operand.isArray() ? rows : "array(" + rows + ")";
    }

    private static String array(Operand operand, List<Object> values) {
        return values.stream()
                .map(value -> operand.text(value).replace("\\", "\\\\").replace("\"", "\\\""))
                .collect(Collectors.joining("\",\"", "{\"", "\"}"));
    }

    /**
     * A column in a comparison.
     *
     * @param compared the column and the operator
     * @param type of what it is compared with
     * @param isArray whether that is an array
     */
    private record Operand(String argument, String compared, String type, boolean isArray) {
        String text(Object value) {
            return ValueKind.text(argument, value);
        }
    }

    private Operand operand(String column, Condition.Operator operator, Object value) {
        String argument = "value of column \"" + column + "\"";
        ValueKind kind = ValueKind.of(argument, value);
        ColumnType columnType = type(column);
        String own = kind.type();
        if (own == null) {
            return asTheColumn(argument, column, operator, requireType(column, columnType));
        }
        if (columnType != null && !kind.comparesWith(columnType)) {
            throw new InvalidArgumentException(
                    argument,
                    value,
                    "the column is compared as " + columnType + ", and the value is a "
                            + value.getClass().getSimpleName(),
                    "Give the text form of a " + columnType + ", as a String.");
        }
        return new Operand(
                argument,
                column(column) + " " + operator(ColumnType.BUILT_IN, operator.symbol()),
                type(ColumnType.BUILT_IN, own),
                false);
    }

    private Operand asTheColumn(String argument, String column, Condition.Operator operator, ColumnType type) {
        if (!type.operators().contains(operator)) {
            throw new InvalidArgumentException(
                    "column",
                    column,
                    "its type " + type + " has no operator " + operator.symbol() + " in a default order",
                    "Search without this condition, or add a column of a type that can be compared.");
        }
        String name = type(type.schema(), type.name());
        return new Operand(
                argument,
                columnAs(name, column) + " " + operator(type.operatorSchema(), operator.symbol()),
                name,
                type.isArray());
    }

    /** Null when no type is known; refuses a column that is not among those that are. */
    private @Nullable ColumnType type(String column) {
        if (known == null) {
            return null;
        }
        ColumnType type = known.columns().get(column);
        if (type == null) {
            throw new InvalidArgumentException(
                    "column",
                    column,
                    "it is not among the columns that are known of " + relation.name(),
                    "Known are: " + String.join(", ", known.columns().keySet())
                            + ". Others are after resolve(relation), or by ColumnTypes.and.");
        }
        return type;
    }

    private ColumnType requireType(String column, @Nullable ColumnType type) {
        if (type == null) {
            throw new InvalidArgumentException(
                    "column",
                    column,
                    "its type is not known, and a text is compared as the type of its column",
                    "Search in Pgai.on(...).resolve(relation), which looks once, or in relation.with(ColumnTypes...).");
        }
        return type;
    }

    private String cast(String text, String type) {
        parameters.add(text);
        return "cast(? as " + type + ")";
    }

    private static String columnAs(String type, String name) {
        return "cast(" + column(name) + " as " + type + ")";
    }

    private static String operator(String schema, String symbol) {
        return "operator(" + SqlText.identifier(schema) + "." + symbol + ")";
    }

    private static String type(String schema, String name) {
        return SqlText.identifier(schema) + "." + SqlText.identifier(name);
    }

    private static String column(String name) {
        return ALIAS + "." + SqlText.identifier(name);
    }
}
