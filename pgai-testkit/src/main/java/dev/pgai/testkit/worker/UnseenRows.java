package dev.pgai.testkit.worker;

import dev.pgai.sql.SqlText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rows that a worker does not see, because the transaction that queued them has not ended. */
final class UnseenRows {

    private static final Logger log = LoggerFactory.getLogger(UnseenRows.class);

    /** Who changes a table keeps this lock to the end of the transaction. */
    private static final String QUERY = "select format('process %s%s', l.pid,"
            + " nullif(format(', %s', a.application_name), ', ')) from pg_locks l"
            + " join pg_stat_activity a on a.pid = l.pid"
            + " where l.relation = to_regclass(?) and l.mode = 'RowExclusiveLock' and l.granted"
            + " and l.pid <> pg_backend_pid() limit 1";

    private UnseenRows() {}

    /** Says so where nothing was due. */
    static void sayWhoHasChanged(Connection connection, WorkerPlan plan) throws SQLException {
        String who = whoHasChanged(connection, plan);
        if (who != null) {
            log.warn(
                    "Nothing is due in the queue of vectorizer {}, but a transaction that has not ended has changed it"
                            + " ({}). A worker sees what it queued when it has committed. Inside of it, use"
                            + " TestWorker.of(connection, ...).",
                    plan.vectorizer().name(),
                    who);
        }
    }

    private static @Nullable String whoHasChanged(Connection connection, WorkerPlan plan) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, SqlText.relation(plan.queue()));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }
}
