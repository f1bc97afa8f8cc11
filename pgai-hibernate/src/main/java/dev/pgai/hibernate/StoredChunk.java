package dev.pgai.hibernate;

import dev.pgai.managed.ManagedByPgai;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PrePersist;
import jakarta.persistence.PreRemove;
import jakarta.persistence.PreUpdate;
import java.util.UUID;

/**
 * Of an entity on a vectorizer's store, or on its view: the key and the chunk of a row, without its embedding. An
 * entity adds the table, and the association to the source if it needs one, by columns that are named as the source's
 * key is. {@link StoredEmbedding} has the embedding, too.
 *
 * <pre>{@code
 * @Entity
 * @Table(name = "blog_embeddings_store")
 * public class BlogChunk extends StoredChunk {
 *
 *     @ManyToOne(fetch = FetchType.LAZY)
 *     @JoinColumn(name = "id")
 *     private Blog blog;
 * }
 * }</pre>
 *
 * <p>Its table is {@linkplain ManagedByPgai pgai's}. Rows are written by pgai's worker alone: {@code persist},
 * {@code merge} and {@code remove}, a change that a flush finds, and a stateless session's writes throw an
 * {@link UnsupportedOperationException}. Statements in HQL or SQL are not kept from writing.
 */
@MappedSuperclass
@ManagedByPgai
public abstract class StoredChunk {

    @Id
    @Column(name = "embedding_uuid")
    private UUID embeddingUuid;

    @Column(name = "chunk_seq")
    private int chunkSeq;

    @Column(name = "chunk")
    private String chunk;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init") // Hibernate sets the fields.
    protected StoredChunk() {}

    /**
     * The key of the row.
     *
     * @return the column {@code embedding_uuid}; another one each time that the worker has embedded the source's row
     */
    public UUID getEmbeddingUuid() {
        return embeddingUuid;
    }

    /**
     * Which of the chunks of its source's row it is.
     *
     * @return the column {@code chunk_seq}, from 0
     */
    public int getChunkSeq() {
        return chunkSeq;
    }

    /**
     * The text that was embedded.
     *
     * @return the column {@code chunk}
     */
    public String getChunk() {
        return chunk;
    }

    @PrePersist
    @PreUpdate
    @PreRemove
    void refuseWrite() {
        throw new UnsupportedOperationException(getClass().getName()
                + " is read-only: its rows are written by pgai's worker alone. Write the row of the source; the vectorizer's"
                + " trigger queues it.");
    }
}
