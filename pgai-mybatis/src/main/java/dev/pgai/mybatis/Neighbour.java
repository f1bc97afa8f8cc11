package dev.pgai.mybatis;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An embedding that was found, and how far it is. MyBatis fills it by the result map
 * {@code dev.pgai.mybatis.mapper.EmbeddingsMapper.neighbour}. That map can be extended for a subclass that has the
 * source's columns, too, and used for a property of another class.
 */
public class Neighbour {

    private @Nullable SourceKey key;
    private @Nullable UUID embeddingUuid;
    private @Nullable Integer chunkSeq;
    private @Nullable String chunk;
    private double distance;

    /** Makes an empty one; MyBatis does. */
    public Neighbour() {}

    /**
     * The key of the row in the source.
     *
     * @return null when the statement did not ask for it: a statement of one's own has the source's columns instead
     */
    public @Nullable SourceKey getKey() {
        return key;
    }

    /**
     * The column {@code embedding_uuid}.
     *
     * @return the id of the embedding, or null for a column destination
     */
    public @Nullable UUID getEmbeddingUuid() {
        return embeddingUuid;
    }

    /**
     * The column {@code chunk_seq}.
     *
     * @return which of its row's chunks it is, from 0; or null for a column destination
     */
    public @Nullable Integer getChunkSeq() {
        return chunkSeq;
    }

    /**
     * The column {@code chunk}.
     *
     * @return the text that was embedded, or null for a column destination
     */
    public @Nullable String getChunk() {
        return chunk;
    }

    /**
     * The column {@code distance}.
     *
     * @return smaller is nearer; its unit is that of the {@link dev.pgai.search.Distance} that was asked for
     */
    public double getDistance() {
        return distance;
    }

    /**
     * For people.
     *
     * @return key, chunk's number and distance
     */
    @Override
    public String toString() {
        return "Neighbour[key=" + key + ", chunkSeq=" + chunkSeq + ", distance=" + distance + "]";
    }
}
