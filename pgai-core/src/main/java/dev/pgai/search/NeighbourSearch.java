package dev.pgai.search;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A search for the embeddings that are nearest to a vector. Immutable, equal by value.
 *
 * <pre>{@code
 * EmbeddingRelation.view(definition, List.of("id"))
 *         .nearestTo(vector, 5)
 *         .by(Distance.L2)
 *         .where(Condition.equal("author", 7));
 * }</pre>
 *
 * <p>{@code Pgai.nearest} of pgai-jdbc and {@code EmbeddingsMapper} of pgai-mybatis run it. Everything else that runs
 * SQL runs {@link #sql()} with {@link #parameters()}, which are texts; the statement says of what type each is.
 *
 * <p>With an index on the embeddings, pgvector searches first and looks at conditions after that, so that fewer rows
 * than the limit may come: {@link #iterativeScan} is its remedy, {@link #efSearch} and {@link #probes} make it look
 * further. Without an index the search is exact.
 */
public final class NeighbourSearch {

    private static final int MAX_EF_SEARCH = 1000;
    private static final int MAX_PROBES = 32768;

    private final EmbeddingRelation relation;
    private final float[] vector;
    private final int limit;
    private final Distance distance;
    private final List<Condition> conditions;
    private final @Nullable Double maxDistance;
    private final @Nullable Integer offset;
    private final Scan scan;

    /** How an index is searched; null for what the session has. */
    private record Scan(
            @Nullable Integer efSearch,
            @Nullable Integer probes,
            @Nullable IterativeScan iterative) {}

    private NeighbourSearch(
            EmbeddingRelation relation,
            float[] vector,
            int limit,
            Distance distance,
            List<Condition> conditions,
            @Nullable Double maxDistance,
            @Nullable Integer offset,
            Scan scan) {
        this.relation = relation;
        this.vector = vector;
        this.limit = limit;
        this.distance = distance;
        this.conditions = List.copyOf(conditions);
        this.maxDistance = maxDistance;
        this.offset = offset;
        this.scan = scan;
    }

    static NeighbourSearch of(EmbeddingRelation relation, float[] vector, int limit) {
        VectorText.write(vector); // refuses what the server would
        Check.range("limit", limit, 1, Integer.MAX_VALUE, "Give how many rows at most.");
        return new NeighbourSearch(
                relation, vector.clone(), limit, Distance.COSINE, List.of(), null, null, new Scan(null, null, null));
    }

    /**
     * Chooses the distance. An index serves the one that it was made for.
     *
     * @param distance the default is {@link Distance#COSINE}
     * @return a copy
     * @throws InvalidArgumentException when null
     */
    public NeighbourSearch by(Distance distance) {
        return new NeighbourSearch(
                relation, vector, limit, Check.notNull("distance", distance), conditions, maxDistance, offset, scan);
    }

    /**
     * Adds a condition. All conditions must hold.
     *
     * @param condition on a column of the relation: of the view for columns of the source
     * @return a copy
     * @throws InvalidArgumentException when null
     */
    public NeighbourSearch where(Condition condition) {
        List<Condition> more = new ArrayList<>(conditions);
        more.add(Check.notNull("condition", condition));
        return new NeighbourSearch(relation, vector, limit, distance, more, maxDistance, offset, scan);
    }

    /**
     * Leaves out what is farther. Of the nearest rows, up to the limit, those within the distance come.
     *
     * @param maxDistance in the unit of the distance; negative numbers make sense for {@link Distance#INNER_PRODUCT}
     * @return a copy
     * @throws InvalidArgumentException when it is not a number, or infinite
     */
    public NeighbourSearch within(double maxDistance) {
        if (!Double.isFinite(maxDistance)) {
            throw new InvalidArgumentException(
                    "maxDistance", maxDistance, "a distance is a finite number", "Leave the call out for no limit.");
        }
        return new NeighbourSearch(relation, vector, limit, distance, conditions, maxDistance, offset, scan);
    }

    /**
     * Leaves out the nearest, for page after page. Rows that are equally far come in the order of their
     * {@code embedding_uuid}, or of their keys for a column destination, so that no row is on two pages or on none as
     * long as nobody writes; without this call they come in any order. So give it for the first page, too:
     * {@code offset(0)}.
     *
     * <p>The server finds the rows that are left out as well. An index gives only so many: see {@link #efSearch}. Up to
     * PostgreSQL 16 no index serves an order of distance and key; the search is exact and slower then.
     *
     * @param offset how many rows to leave out, 0 or more
     * @return a copy
     * @throws InvalidArgumentException when it is negative
     */
    public NeighbourSearch offset(int offset) {
        Check.range("offset", offset, 0, Integer.MAX_VALUE, "Give how many rows the pages before this one have.");
        return new NeighbourSearch(relation, vector, limit, distance, conditions, maxDistance, offset, scan);
    }

    /**
     * Sets {@code hnsw.ef_search} for this search alone: how many rows an index of kind {@code hnsw} looks at, and so
     * the most that it gives without {@link #iterativeScan}. In {@link #settings()}, not in {@link #sql()}.
     *
     * @param efSearch 1 to 1000; the server's default is 40
     * @return a copy
     * @throws InvalidArgumentException when it is out of this range
     */
    public NeighbourSearch efSearch(int efSearch) {
        Check.range("efSearch", efSearch, 1, MAX_EF_SEARCH, "Beyond that, iterativeScan gives more rows.");
        return with(new Scan(efSearch, scan.probes, scan.iterative));
    }

    /**
     * Sets {@code ivfflat.probes} for this search alone: how many lists an index of kind {@code ivfflat} looks into. In
     * {@link #settings()}, not in {@link #sql()}.
     *
     * @param probes 1 to 32768; the server's default is 1
     * @return a copy
     * @throws InvalidArgumentException when it is out of this range
     */
    public NeighbourSearch probes(int probes) {
        Check.range("probes", probes, 1, MAX_PROBES, "The number of lists of the index makes the search exact.");
        return with(new Scan(scan.efSearch, probes, scan.iterative));
    }

    /**
     * Sets {@code hnsw.iterative_scan} and, where it knows the value, {@code ivfflat.iterative_scan} for this search
     * alone. In {@link #settings()}, not in {@link #sql()}. Needs pgvector 0.8.
     *
     * @param iterativeScan whether the index is asked for more when conditions leave too few rows
     * @return a copy
     * @throws InvalidArgumentException when null
     */
    public NeighbourSearch iterativeScan(IterativeScan iterativeScan) {
        return with(new Scan(scan.efSearch, scan.probes, Check.notNull("iterativeScan", iterativeScan)));
    }

    private NeighbourSearch with(Scan scan) {
        return new NeighbourSearch(relation, vector, limit, distance, conditions, maxDistance, offset, scan);
    }

    /**
     * The same search on another relation, such as on the same with its {@linkplain EmbeddingRelation#types() types}.
     *
     * @param relation where to search
     * @return a copy
     * @throws InvalidArgumentException when null
     */
    public NeighbourSearch in(EmbeddingRelation relation) {
        return new NeighbourSearch(
                Check.notNull("relation", relation), vector, limit, distance, conditions, maxDistance, offset, scan);
    }

    /**
     * Where is searched.
     *
     * @return the relation
     */
    public EmbeddingRelation relation() {
        return relation;
    }

    /**
     * What is searched by.
     *
     * @return the distance
     */
    public Distance distance() {
        return distance;
    }

    /**
     * What rows must fulfil.
     *
     * @return an unmodifiable list
     */
    public List<Condition> conditions() {
        return conditions;
    }

    /**
     * Whether rows that are equally far are in order, too.
     *
     * @return true with an {@link #offset}
     */
    public boolean isInTotalOrder() {
        return offset != null;
    }

    /**
     * The statement. Its columns are {@code key_columns}, a {@code text[]} with the names of the key's columns;
     * {@code key_1} and so on with their values; {@code embedding_uuid}, {@code chunk_seq} and {@code chunk}, where
     * there are any; and {@code distance}.
     *
     * <p>Every name in it has its schema, operators included, so that the search path does not matter. For that it
     * needs the relation's {@linkplain EmbeddingRelation#types() types}. Without them pgvector is taken to be in
     * {@code public}, whoever may create a type of that name there, and a text cannot be compared, because it is not
     * known as what.
     *
     * @return SQL on one line, with a {@code ?} for each of {@link #parameters()}
     * @throws InvalidArgumentException when the types of the relation do not have a column, do not fit the value that
     *     it is compared with, or are needed and missing; when the vector is of other dimensions
     */
    public String sql() {
        return rendered().sql();
    }

    /**
     * The parameters, each as a text. Bind them as {@code varchar} or without a type.
     *
     * @return an unmodifiable list in the order of the {@code ?}
     * @throws InvalidArgumentException as {@link #sql()}
     */
    public List<String> parameters() {
        return rendered().parameters();
    }

    private SearchSql.Rendered rendered() {
        return new SearchSql(relation).render(vector, distance, conditions, limit, offset, maxDistance, scan.iterative);
    }

    /**
     * Settings of the server that are to hold for this search alone. {@code Pgai.nearest} sets them and sets them back.
     * With {@link #sql()} in a transaction of your own, {@code select set_config(?, ?, true)} sets one until its end.
     *
     * @return an unmodifiable map from names to values, empty when nothing was set
     */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (scan.efSearch != null) {
            settings.put("hnsw.ef_search", scan.efSearch.toString());
        }
        if (scan.probes != null) {
            settings.put("ivfflat.probes", scan.probes.toString());
        }
        if (scan.iterative != null) {
            settings.put("hnsw.iterative_scan", scan.iterative.setting());
            if (scan.iterative != IterativeScan.STRICT_ORDER) {
                settings.put("ivfflat.iterative_scan", scan.iterative.setting());
            }
        }
        return Collections.unmodifiableMap(settings);
    }

    /**
     * Equal when everything is that was asked for.
     *
     * @param other anything
     * @return whether it is the same search
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NeighbourSearch search
                && relation.equals(search.relation)
                && Arrays.equals(vector, search.vector)
                && limit == search.limit
                && distance == search.distance
                && conditions.equals(search.conditions)
                && Objects.equals(maxDistance, search.maxDistance)
                && Objects.equals(offset, search.offset)
                && scan.equals(search.scan);
    }

    /**
     * Agrees with {@link #equals(Object)}.
     *
     * @return the hash code
     */
    @Override
    public int hashCode() {
        return Objects.hash(relation, Arrays.hashCode(vector), limit, distance, conditions, maxDistance, offset, scan);
    }

    /**
     * For people; without the vector and the values of conditions.
     *
     * @return what is searched for, and where
     */
    @Override
    public String toString() {
        return "the nearest " + limit + " in " + relation.name() + " by " + distance;
    }
}
