package dev.pgai.hibernate;

import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * Of an entity on a vectorizer's store, or on its view: a row with its embedding. It needs {@code hibernate-vector},
 * which has the functions of HQL, too, such as {@code cosine_distance(e.embedding, :vector)}. All else is as for
 * {@link StoredChunk}.
 *
 * <pre>{@code
 * @Entity
 * @Dimensions(768)
 * @Table(name = "blog_embeddings_store")
 * public class BlogEmbedding extends StoredEmbedding {
 *
 *     @ManyToOne(fetch = FetchType.LAZY)
 *     @JoinColumn(name = "id")
 *     private Blog blog;
 * }
 * }</pre>
 */
@MappedSuperclass
public abstract class StoredEmbedding extends StoredChunk {

    @Immutable
    @JdbcTypeCode(SqlTypes.VECTOR)
    @Column(name = "embedding")
    private float[] embedding;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init") // Hibernate sets the field.
    protected StoredEmbedding() {}

    /**
     * The embedding.
     *
     * @return the column {@code embedding}, in an array of its own
     */
    public float[] getEmbedding() {
        return embedding.clone();
    }
}
