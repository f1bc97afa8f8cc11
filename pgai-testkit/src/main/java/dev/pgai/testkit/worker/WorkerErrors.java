package dev.pgai.testkit.worker;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The errors of one vectorizer. */
final class WorkerErrors {

    private final Connection connection;
    private final int vectorizer;
    private final String table;

    WorkerErrors(Connection connection, int vectorizer) throws SQLException {
        this.connection = connection;
        this.vectorizer = vectorizer;
        this.table = table(connection);
    }

    /** Before pgai 0.10.4 the table had the name that is the view's since. */
    private static String table(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select to_regclass('ai._vectorizer_errors') is not null")) {
            row.next();
            return row.getBoolean(1) ? "ai._vectorizer_errors" : "ai.vectorizer_errors";
        }
    }

    void loadingFailed(String reason, boolean retryable) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into " + table
                + " (id, message, details) values (?, 'loading failed', jsonb_build_object('loader', 'column',"
                + " 'error_reason', ?::text, 'is_retryable', ?::boolean))")) {
            statement.setInt(1, vectorizer);
            statement.setString(2, reason);
            statement.setBoolean(3, retryable);
            statement.executeUpdate();
        }
    }

    void failed(WorkerFailure failure) throws SQLException {
        // A failure that is not the provider's has no such key.
        try (PreparedStatement statement = connection.prepareStatement("insert into " + table
                + " (id, message, details) values (?, ?, jsonb_strip_nulls(jsonb_build_object('provider', ?::text,"
                + " 'error_reason', ?::text)))")) {
            statement.setInt(1, vectorizer);
            statement.setString(2, failure.recorded());
            statement.setString(3, failure.provider());
            statement.setString(4, failure.reason());
            statement.executeUpdate();
        }
    }
}
