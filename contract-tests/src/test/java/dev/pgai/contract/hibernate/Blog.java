package dev.pgai.contract.hibernate;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The user's own table. */
@Entity
@Table(name = "blog")
class Blog {

    @Id
    int id;

    @Column(columnDefinition = "text")
    String title;
}
