package dev.pgai.testkit.assertj;

import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.jdbc.Pgai;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The database under test: one connection, or a new one for each query. */
record Database(@Nullable DataSource dataSource, @Nullable Connection connection) {

    Pgai pgai() {
        return connection != null ? Pgai.on(connection) : Pgai.on(Objects.requireNonNull(dataSource));
    }

    long count(String rows) {
        return Long.parseLong(texts("select pg_catalog.count(*) from " + rows).get(0));
    }

    /** The first column of a query. */
    List<String> texts(String sql) {
        try {
            if (connection != null) {
                return texts(connection, sql);
            }
            try (Connection own = Objects.requireNonNull(dataSource).getConnection()) {
                return texts(own, sql);
            }
        } catch (SQLException e) {
            throw new PgaiDatabaseException("Cannot look at the database: " + e.getMessage(), sql, e.getSQLState(), e);
        }
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // A name may have a brace in it.
            statement.setEscapeProcessing(false);
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    texts.add(String.valueOf(rows.getString(1)));
                }
            }
            return texts;
        }
    }

    @Override
    public String toString() {
        return "the database";
    }
}
