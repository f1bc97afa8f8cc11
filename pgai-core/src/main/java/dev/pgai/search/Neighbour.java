package dev.pgai.search;

import dev.pgai.InvalidArgumentException;
import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An embedding that was found, and how far it is. Serializable, so that a cache may hold it.
 *
 * @param key the key of the row in the source; null only where a statement of one's own did not ask for it
 * @param embeddingUuid the column {@code embedding_uuid}; null for a column destination
 * @param chunkSeq the column {@code chunk_seq}: which of its row's chunks it is, from 0; null for a column destination
 * @param chunk the column {@code chunk}: the text that was embedded; null for a column destination
 * @param distance smaller is nearer, in the unit of the {@link Distance} that was asked for, as pgvector gives it: NaN
 *     for the cosine distance of a vector of zeros
 */
public record Neighbour(
        @Nullable SourceKey key,
        @Nullable UUID embeddingUuid,
        @Nullable Integer chunkSeq,
        @Nullable String chunk,
        double distance)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * One of the key's values.
     *
     * @param column a column of the key
     * @return its value
     * @throws InvalidArgumentException when there is no key, or the key has no such column
     */
    public Object key(String column) {
        if (key == null) {
            throw new InvalidArgumentException(
                    "column",
                    column,
                    "the statement gave no key",
                    "Ask for the columns that NeighbourSearch.sql() has: key_columns, key_1 and so on.");
        }
        return key.get(column);
    }
}
