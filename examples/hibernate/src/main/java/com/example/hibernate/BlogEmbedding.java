package com.example.hibernate;

import dev.pgai.hibernate.Dimensions;
import dev.pgai.hibernate.StoredEmbedding;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** A chunk of a text with its embedding, on the table that the vectorizer fills. */
@Entity
@Dimensions(16)
@Table(name = "blog_embeddings_store")
public class BlogEmbedding extends StoredEmbedding {

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "id")
    private Blog blog;

    /** The text that it is of. */
    public Blog blog() {
        return blog;
    }
}
