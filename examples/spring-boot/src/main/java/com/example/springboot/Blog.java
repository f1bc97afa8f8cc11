package com.example.springboot;

import dev.pgai.jdbc.NeighbourRow;
import dev.pgai.jdbc.Pgai;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.Neighbour;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
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

    private final JdbcClient jdbc;
    private final Model model;
    private final EmbeddingRelation embeddings;

    Blog(JdbcClient jdbc, Pgai pgai, Model model) {
        this.jdbc = jdbc;
        this.model = model;
        this.embeddings = pgai.resolve(EmbeddingRelation.view(VECTORIZER, List.of("id")));
    }

    @PostMapping("/posts")
    void post(@RequestBody Post post) {
        jdbc.sql("insert into blog (id, title, content) values (:id, :title, :content)")
                .paramSource(post)
                .update();
    }

    @GetMapping("/search")
    List<Found> search(@RequestParam("q") String text) throws Exception {
        NeighbourSearch search = embeddings.nearestTo(model.embed(text), 5);
        List<Neighbour> found = jdbc.sql(search.sql())
                .params(search.parameters())
                .query((row, number) -> NeighbourRow.read(row))
                .list();
        return found.stream()
                .map(neighbour -> new Found((int) neighbour.key("id"), neighbour.chunk(), neighbour.distance()))
                .toList();
    }

    record Post(int id, String title, String content) {}

    record Found(int id, String chunk, double distance) {}
}
