package dev.pgai.jdbc;

import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.RelationName;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** Counts all rows of one queue, however many there are. */
final class PendingCount {

    private PendingCount() {}

    static long of(Connection connection, VectorizerKey key) {
        String doing = "Cannot count what is pending for " + key;
        Preflight preflight = Preflight.forReading(connection, doing);
        return Statements.lookUp(
                connection,
                "select v.name, v.queue_schema, v.queue_table, " + StatusQuery.countColumns("pending")
                        + " from ai.vectorizer v " + StatusQuery.countJoins("pending", "v.queue_table", "all")
                        + " where " + key.predicate(),
                (sql, e) -> StatusQuery.error(doing, sql, e),
                row -> {
                    if (!row.next()) {
                        throw new VectorizerNotFoundException(
                                key, preflight.look().database());
                    }
                    RelationName queue =
                            StoredConfig.relation(row.getString("queue_schema"), row.getString("queue_table"));
                    RowCount pending = StatusQuery.readCount(preflight, row, "pending", queue);
                    requireCounted(preflight, pending, doing, queue);
                    return pending.exact().orElseThrow();
                },
                key.parameter());
    }

    static void requireCounted(Preflight preflight, RowCount pending, String doing, @Nullable RelationName queue) {
        if (pending instanceof RowCount.NotReadable notReadable) {
            preflight.require(notReadable.missingGrants());
        }
        if (pending instanceof RowCount.NoTable) {
            throw new PgaiDatabaseException(
                    doing + ": its queue " + (queue == null ? "" : SqlText.relation(queue) + " ")
                            + "is gone, so that nothing can be embedded. Drop the vectorizer and create it again.",
                    null,
                    null);
        }
    }
}
