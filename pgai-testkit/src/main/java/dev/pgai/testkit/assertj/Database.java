package dev.pgai.testkit.assertj;

import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.jdbc.Pgai;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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

    /** The rows of a query, as texts. */
    List<List<@Nullable String>> query(String sql, Object... parameters) {
        try {
            if (connection != null) {
                return rows(connection, sql, parameters);
            }
            try (Connection own = Objects.requireNonNull(dataSource).getConnection()) {
                return rows(own, sql, parameters);
            }
        } catch (SQLException e) {
            throw new PgaiDatabaseException("Cannot look at the database: " + e.getMessage(), sql, e.getSQLState(), e);
        }
    }

    long count(String sql, Object... parameters) {
        return Long.parseLong(String.valueOf(query(sql, parameters).get(0).get(0)));
    }

    private static List<List<@Nullable String>> rows(Connection connection, String sql, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<List<@Nullable String>> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next()) {
                    List<@Nullable String> row = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        row.add(result.getString(i));
                    }
                    rows.add(row);
                }
            }
            return rows;
        }
    }

    @Override
    public String toString() {
        return "the database";
    }
}
