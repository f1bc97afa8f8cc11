package com.example.hibernate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.worker.Embedder;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a vectorizer beside Hibernate: update, create, search, compare, undo. */
class BlogTest {

    private static final VectorizerDefinition BLOG = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("content"), Embedding.ollama("all-minilm", 16))
            .name("blog")
            .destination(Destination.table("blog_embeddings"))
            .build();

    @Test
    void update_create_search_compare_undo(@TempDir Path directory) throws Exception {
        try (TestDatabase database = TestDatabases.standard().create()) {
            Pgai pgai = Pgai.on(database.dataSource());
            try (SessionFactory sessions = start(database, "hibernate.hbm2ddl.auto", "update")) {
                // Made by Hibernate: the table of Blog. Left to pgai: that of BlogEmbedding.
                pgai.create(BLOG);
                sessions.inTransaction(session -> {
                    session.persist(new Blog(1, "Bread", "Flour and water."));
                    session.persist(new Blog(2, "Sails", "Wind and rope."));
                });
                TestWorker.of(database, "blog").drain();
                float[] vector = Embedder.ofWords(16).embed("rope and wind");
                sessions.inSession(session -> {
                    BlogEmbedding nearest = Search.nearest(session, vector, 1).get(0);
                    assertEquals("Sails", nearest.blog().title());
                    assertEquals("Wind and rope.", nearest.getChunk());
                    assertEquals(List.of(nearest), nearest.blog().embeddings());
                    assertEquals(
                            "Bread",
                            Search.nearestOf(session, "Bread", vector, 5)
                                    .get(0)
                                    .blog()
                                    .title());
                });
            }

            Path script = directory.resolve("update.sql");
            start(
                            database,
                            "jakarta.persistence.schema-generation.scripts.action",
                            "update",
                            "jakarta.persistence.schema-generation.scripts.create-target",
                            script.toString())
                    .close();
            assertTrue(Files.readString(script).isBlank(), "nothing to change");

            pgai.drop("blog", Embeddings.DROP);
        }
    }

    private static SessionFactory start(TestDatabase database, String... settings) {
        StandardServiceRegistryBuilder builder = new StandardServiceRegistryBuilder()
                .applySetting("jakarta.persistence.jdbc.url", database.url())
                .applySetting("jakarta.persistence.jdbc.user", database.user())
                .applySetting("jakarta.persistence.jdbc.password", database.password());
        for (int i = 0; i < settings.length; i += 2) {
            builder.applySetting(settings[i], settings[i + 1]);
        }
        return new MetadataSources(builder.build())
                .addAnnotatedClasses(Blog.class, BlogEmbedding.class)
                .buildMetadata()
                .buildSessionFactory();
    }
}
