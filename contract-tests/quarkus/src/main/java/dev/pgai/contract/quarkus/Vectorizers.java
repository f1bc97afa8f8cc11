package dev.pgai.contract.quarkus;

import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;

/** Those of the application. */
public final class Vectorizers {

    /** On table blog. */
    public static final VectorizerDefinition BLOG = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 3))
            .name("blog")
            .destination(Destination.table("blog_embeddings"))
            .build();

    /** On table note. */
    public static final VectorizerDefinition NOTES = VectorizerDefinition.builder(
                    RelationName.of("public", "note"), Loading.column("content"), Embedding.openai("m", 3))
            .name("notes")
            .destination(Destination.table("note_embeddings"))
            .build();

    private Vectorizers() {}
}
