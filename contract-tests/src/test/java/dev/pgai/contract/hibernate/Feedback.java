package dev.pgai.contract.hibernate;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** The user's own table, which refers to what is pgai's. */
@Entity
@Table(name = "feedback")
class Feedback {

    @Id
    int id;

    @ManyToOne
    DeclaredBlogEmbedding embedding;
}
