package dev.pgai.contract.junit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Short SQL for tests. */
final class Query {

    private Query() {}

    static String text(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return text(connection, sql);
        }
    }

    static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    static void run(DataSource dataSource, String... statements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The table and a vectorizer on it. */
    static void createVectorizer(DataSource dataSource, String options) throws SQLException {
        run(
                dataSource,
                "create table if not exists blog (id int primary key, content text)",
                "select ai.create_vectorizer('blog'::regclass, name => 'blog', loading => ai.loading_column('content'),"
                        + " embedding => ai.embedding_openai('text-embedding-3-small', 64), " + options + ")");
    }
}
