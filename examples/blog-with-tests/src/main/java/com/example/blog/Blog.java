package com.example.blog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;

/** The application: posts come in, and are found by what they are about. */
final class Blog {

    /** The model that the vectorizer uses, for what a reader asks. */
    interface Model {
        float[] embed(String text) throws Exception;
    }

    private final DataSource dataSource;
    private final Model model;

    Blog(DataSource dataSource, Model model) {
        this.dataSource = dataSource;
        this.model = model;
    }

    void post(String title, String content) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("insert into blog (title, content) values (?, ?)")) {
            insert.setString(1, title);
            insert.setString(2, content);
            insert.executeUpdate();
        }
    }

    /** The titles of posts, the nearest first. */
    List<String> search(String question, int limit) throws Exception {
        String vector = Arrays.toString(model.embed(question));
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select title from blog_embedding group by title order by min(embedding <=> ?::vector) limit ?")) {
            select.setString(1, vector);
            select.setInt(2, limit);
            List<String> titles = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    titles.add(rows.getString(1));
                }
            }
            return titles;
        }
    }
}
