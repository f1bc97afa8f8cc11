package com.example.hibernate;

import dev.pgai.managed.ManagedByPgai;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A chunk of a text, on the table that the vectorizer fills. */
@Entity
@Immutable
@ManagedByPgai
@Table(name = "blog_embeddings_store")
public class BlogEmbedding {

    @Id
    @Column(name = "embedding_uuid")
    private UUID uuid;

    @ManyToOne
    @JoinColumn(name = "id")
    private Blog blog;

    @Column(name = "chunk_seq")
    private int sequence;

    private String chunk;

    /** For Hibernate. */
    protected BlogEmbedding() {}

    /** What was embedded. */
    public String chunk() {
        return chunk;
    }
}
