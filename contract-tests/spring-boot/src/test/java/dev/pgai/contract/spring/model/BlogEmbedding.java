package dev.pgai.contract.spring.model;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** On a table that the vectorizer makes. */
@Entity
@Table(name = "blog_embeddings_store")
public class BlogEmbedding {

    @Id
    @Column(name = "embedding_uuid")
    private @Nullable UUID uuid;

    @Column(columnDefinition = "text")
    private @Nullable String chunk;

    /** For JPA. */
    protected BlogEmbedding() {}

    @Override
    public String toString() {
        return uuid + ": " + chunk;
    }
}
