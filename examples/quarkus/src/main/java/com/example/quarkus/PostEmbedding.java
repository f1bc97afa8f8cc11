package com.example.quarkus;

import dev.pgai.hibernate.Dimensions;
import dev.pgai.hibernate.StoredEmbedding;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** A chunk of a post with its embedding, on the table that the vectorizer fills. */
@Entity
@Dimensions(768)
@Table(name = "blog_embeddings_store")
public class PostEmbedding extends StoredEmbedding {

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "id")
    Post post;
}
