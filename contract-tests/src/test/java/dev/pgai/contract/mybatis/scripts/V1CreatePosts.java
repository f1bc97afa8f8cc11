package dev.pgai.contract.mybatis.scripts;

import dev.pgai.change.VectorizerChange;
import dev.pgai.mybatis.migrations.VectorizerScript;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;

/** Creates two. */
public class V1CreatePosts extends VectorizerScript {

    /** The template has what a tool might take for the end of a line or statement, a comment, or a variable. */
    public static final VectorizerDefinition POSTS = VectorizerDefinition.builder(
                    RelationName.of("public", "post"),
                    Loading.column("content"),
                    Embedding.openai("text-embedding-3-small", 8))
            .name("posts")
            .destination(Destination.table("post_embeddings"))
            .formatting(Formatting.pythonTemplate("${title}; it's\n-- {d} //\n@DELIMITER !\r\n; \\ $chunk;"))
            .build();

    /** Its name is the catalog's. */
    static final VectorizerDefinition TITLES = VectorizerDefinition.builder(
                    RelationName.of("public", "post"), Loading.column("title"), Embedding.openai("m", 8))
            .destination(Destination.column("title_embedding"))
            .chunking(Chunking.none())
            .build();

    public V1CreatePosts() {
        super(20260101120000L, "vectorizers on posts", VectorizerChange.create(POSTS), VectorizerChange.create(TITLES));
    }
}
