package com.example.hibernate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a vectorizer beside Hibernate: update, create, read, compare, undo. */
class BlogTest {

    private static final VectorizerDefinition BLOG = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("content"), Embedding.ollama("all-minilm", 16))
            .name("blog")
            .destination(Destination.table("blog_embeddings"))
            .build();

    @Test
    void update_create_read_compare_undo(@TempDir Path directory) throws Exception {
        try (TestDatabase database = TestDatabases.standard().create()) {
            Pgai pgai = Pgai.on(database.dataSource());
            try (SessionFactory sessions = start(database, "hibernate.hbm2ddl.auto", "update")) {
                // Made by Hibernate: the table of Blog. Left to pgai: that of BlogEmbedding.
                pgai.create(BLOG);
                sessions.inTransaction(session -> session.persist(new Blog(1, "Bread", "Flour and water.")));
                TestWorker.of(database, "blog").drain();
                assertEquals("Flour and water.", sessions.fromSession(BlogTest::chunkOfBread));
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

    private static String chunkOfBread(Session session) {
        return session.createQuery("from BlogEmbedding e where e.blog.title = 'Bread'", BlogEmbedding.class)
                .getSingleResult()
                .chunk();
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
