package dev.pgai.contract.managed;

import dev.pgai.jdbc.Pgai;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A user's own tables, some with names made to be mistaken for pgai's, and on request vectorizers on them. */
public final class UsersDatabase {

    private static final String OWN = """
            create schema app;
            create table public.blog (id int primary key, content text);
            create table public."a.b*c, d:e#f" (id int primary key, content text);
            create table public.doc (id int primary key, content text);
            """;

    private static final String LOOK_ALIKES = """
            create table app."BLOG_QUEUE" (id int primary key);
            create table public.blog_embedding_stores (id int primary key);
            create table public."a.bbc, d:e#f_embedding_store" (id int primary key);
            create table app.blog_embedding_store (id int primary key);
            create view app.blog_embedding as select 1 as id;
            create table public.vectorizer (id int primary key, emb int);
            create index users_own on public.doc (content);
            """;

    private static final String VECTORIZERS = """
            select ai.create_vectorizer('public.blog'::regclass, name => 'v', loading => ai.loading_column('content'),
                embedding => ai.embedding_openai('m', 3), queue_schema => 'app', queue_table => 'blog_queue');
            select ai.create_vectorizer('public."a.b*c, d:e#f"'::regclass, name => 'w', loading => ai.loading_column('content'),
                embedding => ai.embedding_openai('m', 3));
            select ai.create_vectorizer('public.doc'::regclass, name => 'x', loading => ai.loading_column('content'),
                embedding => ai.embedding_openai('m', 3), destination => ai.destination_column('emb'),
                chunking => ai.chunking_none());
            create index on public.blog_embedding_store using hnsw (embedding vector_cosine_ops);
            """;

    private UsersDatabase() {}

    /** As a model of the tables knows it. */
    public static TestDatabase model() throws SQLException {
        return create(OWN);
    }

    /** As it is: with vectorizers, and with tables that the model does not know. */
    public static TestDatabase live() throws SQLException {
        return create(OWN + LOOK_ALIKES + VECTORIZERS);
    }

    public static ManagedObjects managed(TestDatabase database) {
        return Pgai.on(database.dataSource()).managedObjects();
    }

    private static TestDatabase create(String sql) throws SQLException {
        TestDatabase database = TestDatabases.standard().create();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        return database;
    }
}
