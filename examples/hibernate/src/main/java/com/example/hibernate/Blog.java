package com.example.hibernate;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import java.util.List;

/** Texts of the application. */
@Entity
public class Blog {

    @Id
    private Integer id;

    // What a vectorizer reads keeps its type: the view of the embeddings depends on it.
    @Column(columnDefinition = "text")
    private String title;

    @Column(columnDefinition = "text")
    private String content;

    @OneToMany(mappedBy = "blog")
    private List<BlogEmbedding> embeddings;

    /** For Hibernate. */
    protected Blog() {}

    /** A text with its number. */
    public Blog(Integer id, String title, String content) {
        this.id = id;
        this.title = title;
        this.content = content;
    }

    /** Its chunks, with their embeddings. */
    public List<BlogEmbedding> embeddings() {
        return embeddings;
    }

    public String title() {
        return title;
    }
}
