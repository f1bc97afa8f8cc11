package dev.pgai.examples;

import dev.pgai.database.CreatedVectorizer;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;

/** A migration as any tool calls it: a connection comes in, and its transaction stays the tool's. */
public final class BlogMigration {

    /** The vectorizer of the table {@code blog}. */
    public static final VectorizerDefinition VECTORIZER = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"),
                    Loading.column("content"),
                    Embedding.openai("text-embedding-3-small", 768))
            .name("blog_content_embedder")
            .destination(Destination.table("blog_embeddings"))
            .chunking(Chunking.characterTextSplitter()
                    .withChunkSize(800)
                    .withChunkOverlap(400)
                    .withSeparator(".")
                    .withIsSeparatorRegex(false))
            .formatting(Formatting.pythonTemplate("$title - $chunk"))
            .build();

    private BlogMigration() {}

    /**
     * Creates the vectorizer.
     *
     * @param connection the migration tool's
     * @return its id and name
     */
    public static CreatedVectorizer upgrade(Connection connection) {
        return Pgai.on(connection).create(VECTORIZER);
    }

    /**
     * Drops the vectorizer and its embeddings.
     *
     * @param connection the migration tool's
     */
    public static void downgrade(Connection connection) {
        Pgai.on(connection).drop("blog_content_embedder", Embeddings.DROP);
    }
}
