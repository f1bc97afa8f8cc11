package dev.pgai.contract.worker;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database with a table of posts. */
final class BlogDatabase implements AutoCloseable {

    private final TestDatabase database = TestDatabases.standard().create();

    BlogDatabase() throws SQLException {
        execute("create table blog (id int primary key, title text, content text)");
    }

    TestDatabase database() {
        return database;
    }

    /** Creates the vectorizer {@code blog}; the options are arguments of {@code ai.create_vectorizer}. */
    BlogDatabase vectorizer(String... options) throws SQLException {
        List<String> arguments = new ArrayList<>(List.of(options));
        if (arguments.stream().noneMatch(argument -> argument.startsWith("loading"))) {
            arguments.add("loading => ai.loading_column('content')");
        }
        execute("select ai.create_vectorizer('blog'::regclass, name => 'blog',"
                + " embedding => ai.embedding_openai('text-embedding-3-small', 64), " + String.join(", ", arguments)
                + ")");
        return this;
    }

    BlogDatabase execute(String... statements) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return this;
    }

    /** The rows of a query, each with its columns joined by a bar. */
    List<String> query(String sql) throws SQLException {
        try (Connection connection = database.connection()) {
            return query(connection, sql);
        }
    }

    static List<String> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", columns));
            }
            return rows;
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
