package com.example.quarkus;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of the table that the vectorizer reads. */
@Entity
@Table(name = "blog")
public class Post {

    @Id
    public int id;

    @Column(columnDefinition = "text")
    public String title;

    @Column(columnDefinition = "text")
    public String content;
}
