package dev.pgai.testkit.worker;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a worker tells the catalog about itself, in {@code vectorizer_worker_process} and {@code ..._progress}. */
final class WorkerTracking {

    /** Not a version of pgai, so that no one takes this worker for the real one. */
    private static final String VERSION = "pgai-testkit";

    private @Nullable UUID process;
    private int successes;
    private int failures;
    private @Nullable String lastFailure;

    void start(Connection connection) throws SQLException {
        if (process != null) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("insert into ai.vectorizer_worker_process"
                        + " (version, expected_heartbeat_interval) values ('" + VERSION
                        + "', interval '5 minutes') returning id")) {
            row.next();
            process = row.getObject(1, UUID.class);
        }
    }

    void succeeded(Connection connection, int vectorizer, int rows) throws SQLException {
        successes += rows;
        addRow(connection, vectorizer);
        try (PreparedStatement statement = connection.prepareStatement(
                "update ai.vectorizer_worker_progress set success_count = success_count + ?,"
                        + " last_success_at = clock_timestamp(), last_success_process_id = ? where vectorizer_id = ?")) {
            statement.setInt(1, rows);
            statement.setObject(2, process);
            statement.setInt(3, vectorizer);
            statement.executeUpdate();
        }
    }

    void failed(Connection connection, int vectorizer, String message) throws SQLException {
        failures++;
        lastFailure = message;
        addRow(connection, vectorizer);
        try (PreparedStatement statement = connection.prepareStatement(
                "update ai.vectorizer_worker_progress set error_count = error_count + 1, last_error_message = ?,"
                        + " last_error_at = clock_timestamp(), last_error_process_id = ? where vectorizer_id = ?")) {
            statement.setString(1, message);
            statement.setObject(2, process);
            statement.setInt(3, vectorizer);
            statement.executeUpdate();
        }
    }

    /** Adds what was counted since the last heartbeat to the process. */
    void heartbeat(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "update ai.vectorizer_worker_process set last_heartbeat = clock_timestamp(),"
                        + " heartbeat_count = heartbeat_count + 1, success_count = success_count + ?,"
                        + " error_count = error_count + ?, last_error_message = coalesce(?, last_error_message),"
                        + " last_error_at = case when ? then clock_timestamp() else last_error_at end where id = ?")) {
            statement.setInt(1, successes);
            statement.setInt(2, failures);
            statement.setString(3, lastFailure);
            statement.setBoolean(4, lastFailure != null);
            statement.setObject(5, process);
            statement.executeUpdate();
        }
        successes = 0;
        failures = 0;
        lastFailure = null;
    }

    private static void addRow(Connection connection, int vectorizer) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into ai.vectorizer_worker_progress (vectorizer_id) values (?) on conflict do nothing")) {
            statement.setInt(1, vectorizer);
            statement.executeUpdate();
        }
    }
}
