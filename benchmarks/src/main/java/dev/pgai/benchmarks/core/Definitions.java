package dev.pgai.benchmarks.core;

import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.Parsing;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;

/** The definitions that are measured. */
public final class Definitions {

    /** The table that the page's example needs. */
    public static final String TABLE =
            "create table public.blog (id int primary key, title text, author text, content text)";

    /** The name of the page's example. */
    public static final String NAME = "blog_content_embedder";

    private Definitions() {}

    /**
     * One by its name.
     *
     * @param name {@code smallest}, {@code example} or {@code full}
     * @return built anew
     */
    static VectorizerDefinition of(String name) {
        return switch (name) {
            case "smallest" -> smallest();
            case "example" -> example();
            case "full" -> full();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static VectorizerDefinition smallest() {
        return VectorizerDefinition.builder(
                        RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 768))
                .build();
    }

    /**
     * The example of pgai's own page about Alembic.
     *
     * @return built anew
     */
    public static VectorizerDefinition example() {
        return VectorizerDefinition.builder(
                        RelationName.of("public", "blog"),
                        Loading.column("content"),
                        Embedding.openai("text-embedding-3-small", 768))
                .name(NAME)
                .destination(Destination.table("blog_embeddings"))
                .chunking(Chunking.characterTextSplitter()
                        .withChunkSize(800)
                        .withChunkOverlap(400)
                        .withSeparator(".")
                        .withIsSeparatorRegex(false))
                .formatting(Formatting.pythonTemplate("$title - $chunk"))
                .build();
    }

    private static VectorizerDefinition full() {
        return VectorizerDefinition.builder(
                        RelationName.of("public", "blog"),
                        Loading.column("content").withRetries(3),
                        Embedding.openai("text-embedding-3-small", 768)
                                .withChatUser("team")
                                .withApiKeyName("OPENAI_API_KEY")
                                .withBaseUrl("https://example.com/v1"))
                .name(NAME)
                .destination(Destination.table()
                        .withTargetSchema("public")
                        .withTargetTable("blog_store")
                        .withViewSchema("public")
                        .withViewName("blog_embeddings"))
                .parsing(Parsing.auto())
                .chunking(Chunking.recursiveCharacterTextSplitter()
                        .withChunkSize(800)
                        .withChunkOverlap(400)
                        .withSeparators(List.of("\n\n", "\n", ". ", " ", ""))
                        .withIsSeparatorRegex(false))
                .indexing(Indexing.none())
                .formatting(Formatting.pythonTemplate("$title by $author:\n$chunk"))
                .scheduling(Scheduling.none())
                .processing(Processing.byDefault().withBatchSize(50).withConcurrency(4))
                .queueSchema("ai")
                .queueTable("blog_queue")
                .grantTo("reader", "worker")
                .build();
    }
}
