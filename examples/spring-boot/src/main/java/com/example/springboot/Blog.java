package com.example.springboot;

import com.example.springboot.PostEmbeddings.Found;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Posts, and a search for them. */
@RestController
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
    private final PostEmbeddings embeddings;
    private final Model model;

    Blog(EntityManager entities, PostEmbeddings embeddings, Model model) {
        this.entities = entities;
        this.embeddings = embeddings;
        this.model = model;
    }

    @Transactional
    @PostMapping("/posts")
    public void post(@RequestBody Post post) {
        entities.persist(post);
    }

    @GetMapping("/search")
    public List<Found> search(@RequestParam("q") String text) throws Exception {
        return embeddings.nearest(model.embed(text), Limit.of(5));
    }
}
