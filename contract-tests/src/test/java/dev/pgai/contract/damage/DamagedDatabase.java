package dev.pgai.contract.damage;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** A database with two vectorizers on one table, embedded, for somebody to damage: one to a table, one to a column. */
final class DamagedDatabase implements AutoCloseable {

    static final String TABLE = "create table public.blog (id bigint primary key, title text, content text)";

    static final VectorizerDefinition TO_TABLE = definition("blog_table")
            .formatting(Formatting.pythonTemplate("$title $chunk"))
            .build();

    static final VectorizerDefinition TO_COLUMN = definition("blog_column")
            .destination(Destination.column("embedded"))
            .chunking(Chunking.none())
            .build();

    private final TestDatabase database;
    private final Connection connection;
    private final String reader = "reader_" + UUID.randomUUID().toString().substring(0, 8);

    /** Three rows, two of them embedded and one queued. */
    DamagedDatabase(TestDatabases databases, VectorizerDefinition definition) throws SQLException {
        database = databases.create();
        connection = database.connection();
        execute(TABLE + "; insert into public.blog select i, 'title ' || i, 'text ' || i from generate_series(1, 2) i");
        execute("create role " + reader);
        pgai().create(definition.toBuilder().grantTo(reader).build());
        TestWorker.of(database, name(definition)).drain();
        execute("insert into public.blog values (3, 'title 3', 'text 3')");
    }

    private static VectorizerDefinition.Builder definition(String name) {
        return VectorizerDefinition.builder(
                        RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 3))
                .name(name);
    }

    static String name(VectorizerDefinition definition) {
        return String.valueOf(definition.name());
    }

    TestDatabase database() {
        return database;
    }

    Connection connection() {
        return connection;
    }

    Pgai pgai() {
        return Pgai.on(connection);
    }

    String reader() {
        return reader;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.replace("{reader}", reader));
        }
    }

    long number(String query) throws SQLException {
        return Long.parseLong(text(query));
    }

    String text(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        execute("drop owned by {reader} cascade; drop role {reader}");
        connection.close();
        database.close();
    }
}
