package dev.pgai.contract.hibernate;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.UUID;

/** On the store, with names in upper case that are not quoted. */
@Entity
@Table(name = "BLOG_EMBEDDINGS_STORE")
class UpperCaseEmbedding {

    @Id
    @Column(name = "EMBEDDING_UUID")
    UUID uuid;

    @ManyToOne
    @JoinColumn(name = "ID")
    Blog blog;

    @Column(name = "CHUNK", length = 20)
    String chunk;

    @Column(name = "MINE")
    int mine;
}
