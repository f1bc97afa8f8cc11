package dev.pgai.contract.quarkus;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import org.jspecify.annotations.Nullable;

/** Its table lacks a foreign key, which update adds, and validate does not see. */
@Entity
class Reader {

    @Id
    int id;

    @ManyToOne
    @JoinColumn(name = "blog_id")
    @Nullable
    Blog blog;
}
