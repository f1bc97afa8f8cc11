package dev.pgai.search;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the embeddings of a vectorizer are: its store, the view that joins the store to the source, or the source with
 * its own column.
 *
 * @param name the table or view
 * @param keyColumns the columns of the source's primary key, in the key's order
 * @param embeddingColumn the column of type {@code vector}
 * @param chunked whether there are {@code embedding_uuid}, {@code chunk_seq} and {@code chunk}: not on a source
 * @param types what SQL must know of the database, or null when it was not asked yet
 */
public record EmbeddingRelation(
        RelationName name,
        List<String> keyColumns,
        String embeddingColumn,
        boolean chunked,
        @Nullable ColumnTypes types) {

    /**
     * Checks the arguments.
     *
     * @param name as above
     * @param keyColumns as above
     * @param embeddingColumn as above
     * @param chunked as above
     * @param types as above
     * @throws InvalidArgumentException when something is null but the types, there are no key columns, or one twice, or
     *     a column is empty, longer than 63 bytes, or holds what PostgreSQL cannot store
     */
    public EmbeddingRelation {
        Check.notNull("name", name);
        keyColumns = Check.each("keyColumns", keyColumns, Check::identifier);
        if (keyColumns.isEmpty()) {
            throw new InvalidArgumentException(
                    "keyColumns", keyColumns, "a source has a key", "Give the columns of the source's primary key.");
        }
        if (keyColumns.stream().distinct().count() < keyColumns.size()) {
            throw new InvalidArgumentException(
                    "keyColumns", keyColumns, "a column is in a key once", "Leave the second one out.");
        }
        Check.identifier("embeddingColumn", embeddingColumn);
    }

    /**
     * The store of a table destination: keys, chunks and embeddings, nothing else. For a column destination the source,
     * which is where its embeddings are.
     *
     * @param definition what was created, as declared or as stored
     * @param keyColumns the columns of the source's primary key, in the key's order; a stored vectorizer has them
     * @return the table
     * @throws InvalidArgumentException when something is null, there are no key columns, or the destination is one that
     *     this version does not know
     */
    public static EmbeddingRelation store(VectorizerDefinition definition, List<String> keyColumns) {
        return of(definition, keyColumns, names(definition).store());
    }

    /**
     * The view of a table destination, which has the source's columns, too, as they were when the vectorizer was
     * created. For a column destination the source.
     *
     * @param definition what was created, as declared or as stored
     * @param keyColumns the columns of the source's primary key, in the key's order; a stored vectorizer has them
     * @return the view
     * @throws InvalidArgumentException when something is null, there are no key columns, or the destination is one that
     *     this version does not know
     */
    public static EmbeddingRelation view(VectorizerDefinition definition, List<String> keyColumns) {
        return of(definition, keyColumns, names(definition).view());
    }

    /**
     * A table, or a view of one's own, with one vector in each row.
     *
     * @param table the table or view
     * @param keyColumns the columns that tell its rows apart
     * @param embeddingColumn the column of type {@code vector}; rows without a vector are not found
     * @return the table
     * @throws InvalidArgumentException when something is null, there are no key columns, or a column is no name
     */
    public static EmbeddingRelation column(RelationName table, List<String> keyColumns, String embeddingColumn) {
        return new EmbeddingRelation(table, keyColumns, embeddingColumn, false, null);
    }

    private static CatalogNames names(VectorizerDefinition definition) {
        return CatalogNames.of(Check.notNull("definition", definition));
    }

    private static EmbeddingRelation of(
            VectorizerDefinition definition, List<String> keyColumns, @Nullable RelationName ofTableDestination) {
        if (definition.destination() instanceof Destination.Column column) {
            return column(definition.source(), keyColumns, column.embeddingColumn());
        }
        if (ofTableDestination == null) {
            throw new InvalidArgumentException(
                    "destination",
                    definition.destination() == null
                            ? null
                            : definition.destination().implementation(),
                    "where such a destination has its embeddings is not known to this version",
                    "Name the table with new EmbeddingRelation(...).");
        }
        return new EmbeddingRelation(ofTableDestination, keyColumns, "embedding", true, null);
    }

    /**
     * The same relation, with what SQL must know of its database.
     *
     * @param types as {@code Pgai.resolve} of pgai-jdbc reads them, or written by hand
     * @return a copy
     * @throws InvalidArgumentException when null
     */
    public EmbeddingRelation with(ColumnTypes types) {
        return new EmbeddingRelation(name, keyColumns, embeddingColumn, chunked, Check.notNull("types", types));
    }

    /**
     * Starts a search.
     *
     * @param vector what to be near to; of as many dimensions as the embeddings, made by the same model
     * @param limit how many rows at most, 1 or more
     * @return a search by cosine distance without conditions
     * @throws InvalidArgumentException when the vector is null, empty, or holds what is not finite, or the limit is
     *     less than 1
     */
    public NeighbourSearch nearestTo(float[] vector, int limit) {
        return NeighbourSearch.of(this, vector, limit);
    }
}
