package dev.pgai.contract.hibernate;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** On the store that the vectorizer made: the schema tools see a foreign key that is missing, and another type. */
@Entity
@Immutable
@Table(name = "blog_embeddings_store")
class BlogEmbedding {

    @Id
    @Column(name = "embedding_uuid")
    UUID uuid;

    @ManyToOne
    @JoinColumn(name = "id")
    Blog blog;

    @Column(name = "chunk_seq")
    int sequence;

    @Column(length = 20)
    String chunk;
}
