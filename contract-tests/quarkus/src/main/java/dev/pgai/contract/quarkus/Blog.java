package dev.pgai.contract.quarkus;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The application's own table. */
@Entity
@Table(name = "blog")
class Blog {

    @Id
    int id;

    @Column(columnDefinition = "text", nullable = false)
    String title = "";

    @Column(columnDefinition = "text", nullable = false)
    String content = "";
}
