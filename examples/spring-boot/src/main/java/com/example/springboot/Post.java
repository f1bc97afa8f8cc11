package com.example.springboot;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What is posted. */
@Entity
@Table(name = "blog")
public class Post {

    @Id
    public int id;

    public String title;
    public String content;
}
