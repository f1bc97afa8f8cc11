package dev.pgai.search;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.sql.SqlText;
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
 */
public record EmbeddingRelation(RelationName name, List<String> keyColumns, String embeddingColumn, boolean chunked) {

    /**
     * Checks the arguments.
     *
     * @param name as above
     * @param keyColumns as above
     * @param embeddingColumn as above
     * @param chunked as above
     * @throws InvalidArgumentException when there are no key columns, or a column is empty or holds what PostgreSQL
     *     cannot store
     */
    public EmbeddingRelation {
        Check.notNull("name", name);
        keyColumns = List.copyOf(keyColumns);
        if (keyColumns.isEmpty()) {
            throw new InvalidArgumentException(
                    "keyColumns", keyColumns, "a source has a key", "Give the columns of the source's primary key.");
        }
        keyColumns.forEach(SqlText::identifier);
        SqlText.identifier(embeddingColumn);
    }

    /**
     * The store of a table destination: keys, chunks and embeddings, nothing else. For a column destination the source,
     * which is where its embeddings are.
     *
     * @param definition what was created, as declared or as stored
     * @param keyColumns the columns of the source's primary key, in the key's order; a stored vectorizer has them
     * @return the table
     * @throws InvalidArgumentException when there are no key columns, or the destination is one that this version does
     *     not know
     */
    public static EmbeddingRelation store(VectorizerDefinition definition, List<String> keyColumns) {
        CatalogNames names = CatalogNames.of(definition);
        return of(definition, keyColumns, names.store());
    }

    /**
     * The view of a table destination, which has the source's columns, too, as they were when the vectorizer was
     * created. For a column destination the source.
     *
     * @param definition what was created, as declared or as stored
     * @param keyColumns the columns of the source's primary key, in the key's order; a stored vectorizer has them
     * @return the view
     * @throws InvalidArgumentException when there are no key columns, or the destination is one that this version does
     *     not know
     */
    public static EmbeddingRelation view(VectorizerDefinition definition, List<String> keyColumns) {
        CatalogNames names = CatalogNames.of(definition);
        return of(definition, keyColumns, names.view());
    }

    private static EmbeddingRelation of(
            VectorizerDefinition definition, List<String> keyColumns, @Nullable RelationName ofTableDestination) {
        if (definition.destination() instanceof Destination.Column column) {
            return new EmbeddingRelation(definition.source(), keyColumns, column.embeddingColumn(), false);
        }
        if (ofTableDestination == null) {
            throw new InvalidArgumentException(
                    "definition.destination",
                    definition.destination() == null
                            ? null
                            : definition.destination().implementation(),
                    "where such a destination has its embeddings is not known to this version",
                    "Name the table with new EmbeddingRelation(...).");
        }
        return new EmbeddingRelation(ofTableDestination, keyColumns, "embedding", true);
    }

    /**
     * Starts a search.
     *
     * @param vector what to be near to; of as many dimensions as the embeddings, made by the same model
     * @param limit how many rows at most, 1 or more
     * @return a search by cosine distance without conditions
     * @throws InvalidArgumentException when the vector is empty or holds what is not finite, or the limit is less than
     *     1
     */
    public NeighbourSearch nearestTo(float[] vector, int limit) {
        return new NeighbourSearch(this, vector, limit, Distance.COSINE, List.of(), null);
    }
}
