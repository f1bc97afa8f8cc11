package com.example.blog;

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
import java.sql.SQLException;
import java.sql.Statement;

/** What a migration tool would call, with its connection and in its transaction. */
final class BlogMigration {

    private static final VectorizerDefinition VECTORIZER = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"),
                    Loading.column("content"),
                    Embedding.openai("text-embedding-3-small", 768))
            .name("blog")
            .destination(Destination.table("blog_embedding"))
            .chunking(Chunking.recursiveCharacterTextSplitter().withChunkSize(500))
            .formatting(Formatting.pythonTemplate("$title: $chunk"))
            .build();

    private BlogMigration() {}

    static void upgrade(Connection connection) throws SQLException {
        execute(
                connection,
                "create table blog (id int primary key generated always as identity,"
                        + " title text not null, content text not null)");
        Pgai.on(connection).create(VECTORIZER);
    }

    static void downgrade(Connection connection) throws SQLException {
        Pgai.on(connection).drop("blog", Embeddings.DROP);
        execute(connection, "drop table blog");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
