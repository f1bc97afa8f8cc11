package com.example.springboot;

import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Finds posts by meaning. */
interface PostEmbeddings extends Repository<PostEmbedding, UUID> {

    @Query("""
            select e.post.id, e.chunk, cosine_distance(e.embedding, :vector) from PostEmbedding e
            order by cosine_distance(e.embedding, :vector)""")
    List<Found> nearest(float[] vector, Limit limit);

    record Found(int id, String chunk, double distance) {}
}
