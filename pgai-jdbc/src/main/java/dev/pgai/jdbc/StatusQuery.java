package dev.pgai.jdbc;

import dev.pgai.vectorizer.RelationName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts and reads, for each row of {@code ai.vectorizer v} in a query, how far the vectorizer is. What the current
 * user may not read is not named in the query, or not touched by it: the server would refuse all of it.
 *
 * <p>The queues have other names in each row, so that {@code ts_stat} counts them: it runs a text as a query, and
 * nothing for null. A table whose file is empty has no rows; that is seen without a scan and without a lock until the
 * end of the transaction, of which a server has a limited number.
 */
final class StatusQuery {

    /** One more than is told: the row that shows that there are more. */
    private static final String CAPPED = String.valueOf(VectorizerStatus.COUNTED_UP_TO + 1);

    private final Preflight preflight;
    private final List<String> missingForErrors;
    private final List<String> missingForProgress;

    StatusQuery(Preflight preflight) {
        this.preflight = preflight;
        this.missingForErrors = preflight.missingForErrors();
        this.missingForProgress = preflight.missingForProgress();
    }

    String columns() {
        return countColumns("pending") + ", " + countColumns("failed")
                + (missingForErrors.isEmpty() ? ", errors.counted as errors" : "")
                + (missingForProgress.isEmpty()
                        ? ", progress.success_count, progress.error_count, progress.last_success_at,"
                                + " progress.last_error_at, progress.last_error_message"
                        : "");
    }

    String joins() {
        return countJoins("pending", "v.queue_table", CAPPED)
                + countJoins("failed", "v.queue_failed_table", CAPPED)
                + (missingForErrors.isEmpty()
                        ? " cross join lateral (select pg_catalog.count(*) as counted from (select from"
                                + " ai.vectorizer_errors e where e.id operator(pg_catalog.=) v.id limit " + CAPPED
                                + ") e) errors"
                        : "")
                + (missingForProgress.isEmpty()
                        ? " left join ai.vectorizer_worker_progress progress"
                                + " on progress.vectorizer_id operator(pg_catalog.=) v.id"
                        : "");
    }

    VectorizerStatus read(ResultSet row, @Nullable RelationName queue, @Nullable RelationName failedQueue)
            throws SQLException {
        return new VectorizerStatus(
                count(row, "pending", queue),
                count(row, "failed", failedQueue),
                missingForErrors.isEmpty() ? capped(row.getLong("errors")) : new RowCount.NotReadable(missingForErrors),
                missingForProgress.isEmpty() ? progress(row) : new WorkerProgress.NotReadable(missingForProgress));
    }

    private RowCount count(ResultSet row, String what, @Nullable RelationName table) throws SQLException {
        RowCount all = readCount(preflight, row, what, table);
        return all instanceof RowCount.Exact exact ? capped(exact.rows()) : all;
    }

    private static RowCount capped(long rows) {
        return rows > VectorizerStatus.COUNTED_UP_TO ? new RowCount.AtLeast(rows) : new RowCount.Exact(rows);
    }

    private static WorkerProgress progress(ResultSet row) throws SQLException {
        // Before a worker came by there is no row, and the numbers are null, which is read as 0.
        return new WorkerProgress.Recorded(
                row.getLong("success_count"),
                row.getLong("error_count"),
                instant(row, "last_success_at"),
                instant(row, "last_error_at"),
                row.getString("last_error_message"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }

    /** For {@link #readCount}, with {@link #countJoins}. */
    static String countColumns(String what) {
        return """
                %1$s_table.usage as %1$s_usage, %1$s_table.readable as %1$s_readable,
                %1$s_table.size as %1$s_size, %1$s.word as %1$s_rows""".formatted(what);
    }

    /**
     * Counts the rows of a table in the schema of the queue, up to a limit, which may be {@code all}. It is one number:
     * without the limit of one row the planner expects ten thousand, and a server with a JIT compiler compiles for
     * longer than everything else takes.
     */
    static String countJoins(String what, String table, String limit) {
        return """
                left join lateral (
                  select pg_catalog.has_schema_privilege(n.oid, 'usage') as usage,
                    pg_catalog.has_table_privilege(c.oid, 'select') as readable,
                    pg_catalog.pg_relation_size(c.oid) as size
                  from pg_catalog.pg_namespace n
                  join pg_catalog.pg_class c on c.relnamespace operator(pg_catalog.=) n.oid
                  where n.nspname operator(pg_catalog.=) v.queue_schema
                  and c.relname operator(pg_catalog.=) %2$s
                ) %1$s_table on true
                left join lateral (
                  select counted.word from pg_catalog.ts_stat(
                    case when %1$s_table.usage and %1$s_table.readable
                      and %1$s_table.size operator(pg_catalog.>) 0::pg_catalog.int8
                    then pg_catalog.format('select pg_catalog.array_to_tsvector(array[pg_catalog.count(*)::pg_catalog.text])'
                      ' from (select from %%I.%%I limit %3$s) q', v.queue_schema, %2$s) end
                  ) counted
                  limit 1
                ) %1$s on true
                """.formatted(what, table, limit);
    }

    /** What was counted: exact, or nothing. */
    static RowCount readCount(Preflight preflight, ResultSet row, String what, @Nullable RelationName table)
            throws SQLException {
        // The size is null when another transaction dropped the table while this one waited for it.
        if (table == null || row.getObject(what + "_size") == null) {
            return new RowCount.NoTable();
        }
        List<String> missing =
                preflight.missingFor(table, row.getBoolean(what + "_usage"), row.getBoolean(what + "_readable"));
        // Null, which is read as 0, for a table that there was no need to count.
        return missing.isEmpty() ? new RowCount.Exact(row.getLong(what + "_rows")) : new RowCount.NotReadable(missing);
    }

    static PgaiDatabaseException error(String doing, String sql, SQLException e) {
        return SqlErrors.state(e).equals(SqlErrors.UNDEFINED_TABLE)
                ? new PgaiDatabaseException(
                        SqlErrors.message(
                                doing,
                                e,
                                "Another transaction dropped a vectorizer while its queue was counted: call again."),
                        sql,
                        e)
                : SqlErrors.of(doing, sql, e);
    }
}
