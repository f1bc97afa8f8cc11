package dev.pgai.contract.replace;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database with posts, whose vectorizer {@code v} is to have another model. */
final class Posts implements AutoCloseable {

    static final VectorizerDefinition SMALL = VectorizerDefinition.builder(
                    RelationName.of("public", "post"), Loading.column("body"), Embedding.openai("small", 8))
            .name("v")
            .build();

    /** Another model, other dimensions, another text. */
    static final VectorizerDefinition LARGE = SMALL.toBuilder()
            .embedding(Embedding.ollama("large", 16))
            .formatting(Formatting.pythonTemplate("$title: $chunk"))
            .build();

    private final TestDatabase database = TestDatabases.standard().create();

    Posts(int rows) throws SQLException {
        execute(
                "create table public.post (id int primary key, title text, body text)",
                "insert into public.post select i, 'title ' || i, 'body ' || i from generate_series(1, " + rows
                        + ") i");
    }

    TestDatabase database() {
        return database;
    }

    Pgai pgai() {
        return Pgai.on(database.dataSource());
    }

    Posts embedded() {
        pgai().create(SMALL);
        drain("v");
        return this;
    }

    void drain(String vectorizer) {
        TestWorker.of(database, vectorizer).drain();
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = database.connection()) {
            execute(connection, statements);
        }
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    String query(String sql) throws SQLException {
        List<String> rows = rows(sql);
        if (rows.size() != 1) {
            throw new AssertionError(rows + " of " + sql);
        }
        return rows.get(0);
    }

    /** The first column. */
    List<String> rows(String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(String.valueOf(result.getString(1)));
            }
            return rows;
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
