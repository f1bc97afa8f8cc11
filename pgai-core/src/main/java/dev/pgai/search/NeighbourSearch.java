package dev.pgai.search;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A search for the embeddings that are nearest to a vector. Immutable.
 *
 * <pre>{@code
 * EmbeddingRelation.view(definition, List.of("id"))
 *         .nearestTo(vector, 5)
 *         .by(Distance.L2)
 *         .where(Condition.equal("author", 7));
 * }</pre>
 *
 * <p>Rows that are equally far come in any order. With an index on the embeddings pgvector searches first and looks at
 * conditions after that, so that fewer rows than the limit may come; {@code hnsw.iterative_scan} is its remedy.
 */
public final class NeighbourSearch {

    private static final String ALIAS = "e";

    private final EmbeddingRelation relation;
    private final float[] vector;
    private final int limit;
    private final Distance distance;
    private final List<Condition> conditions;
    private final @Nullable Double maxDistance;

    NeighbourSearch(
            EmbeddingRelation relation,
            float[] vector,
            int limit,
            Distance distance,
            List<Condition> conditions,
            @Nullable Double maxDistance) {
        VectorText.write(vector); // refuses what the server would
        if (limit < 1) {
            throw new InvalidArgumentException("limit", limit, "it must be 1 or more", "Give how many rows at most.");
        }
        this.relation = relation;
        this.vector = vector.clone();
        this.limit = limit;
        this.distance = distance;
        this.conditions = List.copyOf(conditions);
        this.maxDistance = maxDistance;
    }

    /**
     * Chooses the distance. An index serves the one that it was made for.
     *
     * @param distance the default is {@link Distance#COSINE}
     * @return a copy
     */
    public NeighbourSearch by(Distance distance) {
        return new NeighbourSearch(
                relation, vector, limit, Check.notNull("distance", distance), conditions, maxDistance);
    }

    /**
     * Adds a condition. All conditions must hold.
     *
     * @param condition on a column of the relation: of the view for columns of the source
     * @return a copy
     */
    public NeighbourSearch where(Condition condition) {
        List<Condition> more = new ArrayList<>(conditions);
        more.add(Check.notNull("condition", condition));
        return new NeighbourSearch(relation, vector, limit, distance, more, maxDistance);
    }

    /**
     * Leaves out what is farther.
     *
     * @param maxDistance in the unit of the distance; negative numbers make sense for {@link Distance#INNER_PRODUCT}
     * @return a copy
     * @throws InvalidArgumentException when it is not a number
     */
    public NeighbourSearch within(double maxDistance) {
        if (Double.isNaN(maxDistance)) {
            throw new InvalidArgumentException("maxDistance", maxDistance, "it is not a number", "Give a distance.");
        }
        return new NeighbourSearch(relation, vector, limit, distance, conditions, maxDistance);
    }

    /**
     * The statement. Its columns are {@code key_columns}, a {@code text[]} with the names of the key's columns;
     * {@code key_1} and so on with their values; {@code embedding_uuid}, {@code chunk_seq} and {@code chunk}, where
     * there are any; and {@code distance}. pgvector must be on the search path.
     *
     * @return SQL with a {@code ?} for each of {@link #parameters()}
     */
    public String sql() {
        StringJoiner names = new StringJoiner(", ", "array[", "]::pg_catalog.text[] as key_columns");
        StringJoiner columns = new StringJoiner(", ", "select ", "");
        relation.keyColumns().forEach(column -> names.add(SqlText.literal(column)));
        columns.add(names.toString());
        for (int i = 0; i < relation.keyColumns().size(); i++) {
            columns.add(column(relation.keyColumns().get(i)) + " as key_" + (i + 1));
        }
        if (relation.chunked()) {
            columns.add(ALIAS + ".embedding_uuid").add(ALIAS + ".chunk_seq").add(ALIAS + ".chunk");
        }
        columns.add(toVector() + " as distance");
        // By the operator and in ascending order, which is what an index on the embeddings serves.
        return columns + " from " + SqlText.relation(relation.name()) + " " + ALIAS + restriction()
                + " order by distance limit ?";
    }

    private String restriction() {
        StringJoiner all = new StringJoiner(" and ", " where ", "").setEmptyValue("");
        if (!relation.chunked()) {
            // A row of a source waits for its embedding; a row of a store has one.
            all.add(column(relation.embeddingColumn()) + " is not null");
        }
        conditions.forEach(condition -> all.add(condition.sql(ALIAS)));
        if (maxDistance != null) {
            all.add("(" + toVector() + ") <= ?");
        }
        return all.toString();
    }

    private String toVector() {
        return column(relation.embeddingColumn()) + " " + distance.operator() + " ?";
    }

    private static String column(String name) {
        return ALIAS + "." + SqlText.identifier(name);
    }

    /**
     * The parameters. A {@code float[]} stands for a {@code vector}.
     *
     * @return in the order of the {@code ?}
     */
    public List<Object> parameters() {
        List<Object> parameters = new ArrayList<>();
        parameters.add(vector.clone());
        conditions.forEach(condition -> parameters.addAll(condition.values()));
        if (maxDistance != null) {
            parameters.add(vector.clone());
            parameters.add(maxDistance);
        }
        parameters.add(limit);
        return parameters;
    }

    /**
     * For people.
     *
     * @return the statement, without its parameters
     */
    @Override
    public String toString() {
        return sql();
    }
}
