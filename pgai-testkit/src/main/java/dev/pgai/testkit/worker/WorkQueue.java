package dev.pgai.testkit.worker;

import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.RelationName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The queue of a vectorizer, and the one for rows whose loading failed too often. */
final class WorkQueue {

    private final Connection connection;
    private final WorkerPlan plan;
    private final KeySql key;
    private final String queue;
    private final String later;

    /** @param later how much later it is than the clock says */
    WorkQueue(Connection connection, WorkerPlan plan, KeySql key, Duration later) {
        this.connection = connection;
        this.plan = plan;
        this.key = key;
        this.queue = SqlText.relation(plan.queue());
        this.later = later.toMillis() + " milliseconds";
    }

    /**
     * Takes rows that are due and that no one else is at work on, each key once, and removes all that the queue has for
     * these keys. The advisory lock is the one that pgai's worker takes, so that both can work on the same queue.
     */
    List<QueuedRow> take(int limit) throws SQLException {
        String query = "with due as (select " + key.columns() + ", loading_retries from " + queue
                + " where loading_retry_after is null or loading_retry_after < now() + ?::interval limit ? for update skip locked),"
                + " keys as (select distinct " + key.columns() + ", loading_retries from due)"
                + " select " + key.asTexts() + ", loading_retries from keys"
                + " where pg_try_advisory_xact_lock(?, hashtext(concat_ws('|', " + lockFields() + ")))"
                + " order by " + key.columns();
        List<QueuedRow> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, later);
            statement.setInt(2, limit);
            statement.setInt(3, plan.vectorizer().id());
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= key.size(); i++) {
                        values.add(result.getString(i));
                    }
                    rows.add(new QueuedRow(List.copyOf(values), result.getInt(key.size() + 1)));
                }
            }
        }
        remove(connection, plan.queue(), key, rows.stream().map(QueuedRow::key).toList());
        return rows;
    }

    /** Removes all that a queue has for these keys. */
    static void remove(Connection connection, RelationName queue, KeySql key, List<List<String>> keys)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "delete from " + SqlText.relation(queue) + " where " + key.isParameters())) {
            for (List<String> removed : keys) {
                KeySql.bind(statement, 1, removed);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Queues a row whose loading failed, to be tried again later each time. */
    void retryLater(QueuedRow row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into " + queue + " (" + key.columns()
                + ", loading_retries, loading_retry_after) values (" + key.parameters()
                + ", ?, now() + ?::interval + interval '3 minutes' * ?)")) {
            int index = KeySql.bind(statement, 1, row.key());
            statement.setInt(index, row.retries() + 1);
            statement.setString(index + 1, later);
            statement.setInt(index + 2, row.retries() + 1);
            statement.executeUpdate();
        }
    }

    /** Gives a row up whose loading failed too often. */
    void giveUp(QueuedRow row) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("insert into " + SqlText.relation(plan.failedQueue()) + " (" + key.columns()
                        + ", failure_step) values (" + key.parameters() + ", 'loading')")) {
            KeySql.bind(statement, 1, row.key());
            statement.executeUpdate();
        }
    }

    private String lockFields() {
        return key.names().stream()
                .map(name -> SqlText.literal(name) + ", " + SqlText.identifier(name))
                .collect(Collectors.joining(", "));
    }
}
