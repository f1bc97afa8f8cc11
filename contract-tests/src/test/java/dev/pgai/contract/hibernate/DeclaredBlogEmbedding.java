package dev.pgai.contract.hibernate;

import dev.pgai.managed.ManagedByPgai;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** On the view of a vectorizer that need not be there yet. */
@Entity
@Immutable
@ManagedByPgai
@Table(name = "blog_embeddings")
class DeclaredBlogEmbedding {

    @Id
    @Column(name = "embedding_uuid")
    UUID uuid;

    @ManyToOne
    @JoinColumn(name = "id")
    Blog blog;

    String chunk;
}
