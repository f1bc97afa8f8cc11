package com.example.quarkus;

import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** Posts, and a search for them. */
@Path("/")
public class Blog {

    public static final VectorizerDefinition VECTORIZER = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"),
                    Loading.column("content"),
                    Embedding.openai("text-embedding-3-small", 768))
            .name("blog")
            .destination(Destination.table("blog_embeddings"))
            .formatting(Formatting.pythonTemplate("$title - $chunk"))
            .build();

    private final EntityManager entities;
    private final Model model;

    Blog(EntityManager entities, Model model) {
        this.entities = entities;
        this.model = model;
    }

    @POST
    @Path("posts")
    @Transactional
    public void post(Post post) {
        entities.persist(post);
    }

    @GET
    @Path("search")
    public List<Found> search(@QueryParam("q") String text) throws Exception {
        return entities.createQuery("""
                        select e.post.id, e.chunk, cosine_distance(e.embedding, :vector) from PostEmbedding e
                        order by cosine_distance(e.embedding, :vector)""", Found.class)
                .setParameter("vector", model.embed(text))
                .setMaxResults(5)
                .getResultList();
    }

    public record Found(int id, String chunk, double distance) {}
}
