package dev.pgai.contract.quarkus;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * On the store of the vectorizer: the schema tools see a foreign key and a column that are missing, and another type.
 */
@Entity
@Immutable
@Table(name = "blog_embeddings_store")
class BlogEmbedding {

    @Id
    @Column(name = "embedding_uuid")
    @Nullable
    UUID uuid;

    @ManyToOne
    @JoinColumn(name = "id")
    @Nullable
    Blog blog;

    @Column(name = "chunk_seq")
    long sequence;

    @Nullable
    Integer missing;
}
