package dev.pgai.jdbc.read;

import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.RowCount;
import dev.pgai.database.VectorizerStatus;
import dev.pgai.database.WorkerProgress;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.CatalogLook.Access;
import dev.pgai.jdbc.catalog.Grants;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.connection.SqlErrors;
import dev.pgai.sql.SqlText;
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

    private final CatalogLook look;

    StatusQuery(CatalogLook look) {
        this.look = look;
    }

    String columns() {
        return countColumns("pending") + ", " + countColumns("failed")
                + (look.ai().errors() == Access.GRANTED ? ", errors.counted as errors" : "")
                + (look.ai().progress() == Access.GRANTED
                        ? ", progress.success_count, progress.error_count, progress.last_success_at,"
                                + " progress.last_error_at, progress.last_error_message"
                        : "");
    }

    String joins() {
        return countJoins("pending", "v.queue_table", CAPPED)
                + countJoins("failed", "v.queue_failed_table", CAPPED)
                + (look.ai().errors() == Access.GRANTED
                        ? " cross join lateral (select pg_catalog.count(*) as counted from (select from"
                                + " ai.vectorizer_errors e where e.id operator(pg_catalog.=) v.id limit " + CAPPED
                                + ") e) errors"
                        : "")
                + (look.ai().progress() == Access.GRANTED
                        ? " left join ai.vectorizer_worker_progress progress"
                                + " on progress.vectorizer_id operator(pg_catalog.=) v.id"
                        : "");
    }

    VectorizerStatus read(ResultSet row, VectorizerRow vectorizer) throws SQLException {
        return new Status(
                capped(readCount(look, row, "pending", vectorizer.queue())),
                capped(readCount(look, row, "failed", vectorizer.failedQueue())),
                errors(row),
                progress(row));
    }

    private RowCount errors(ResultSet row) throws SQLException {
        return switch (look.ai().errors()) {
            case GRANTED -> capped(new RowCount.Exact(row.getLong("errors")));
            case MISSING_RIGHT -> new RowCount.NotReadable(look.missingForErrors());
            case MISSING_TABLE -> new RowCount.NoTable();
        };
    }

    private static RowCount capped(RowCount count) {
        return count instanceof RowCount.Exact exact && exact.rows() > VectorizerStatus.COUNTED_UP_TO
                ? new RowCount.AtLeast(exact.rows())
                : count;
    }

    private WorkerProgress progress(ResultSet row) throws SQLException {
        return switch (look.ai().progress()) {
            // Before a worker came by there is no row, and the numbers are null, which is read as 0.
            case GRANTED ->
                new Progress(
                        row.getLong("success_count"),
                        row.getLong("error_count"),
                        instant(row, "last_success_at"),
                        instant(row, "last_error_at"),
                        row.getString("last_error_message"));
            case MISSING_RIGHT -> new WorkerProgress.NotReadable(look.missingForProgress());
            case MISSING_TABLE -> new WorkerProgress.NoTable();
        };
    }

    /** As it was read. */
    private record Status(RowCount pending, RowCount failed, RowCount errors, WorkerProgress progress)
            implements VectorizerStatus {

        @Override
        public String toString() {
            return "pending " + pending + ", failed " + failed + ", errors " + errors + ", worker: " + progress;
        }
    }

    /** As it was read. */
    private record Progress(
            long successCount,
            long errorCount,
            @Nullable Instant lastSuccessAt,
            @Nullable Instant lastErrorAt,
            @Nullable String lastErrorMessage)
            implements WorkerProgress.Recorded {

        @Override
        public String toString() {
            return successCount + " successes"
                    + (lastSuccessAt == null ? "" : " (last at " + lastSuccessAt + ")")
                    + ", " + errorCount + " failures"
                    + (lastErrorAt == null ? "" : " (last at " + lastErrorAt + ": " + lastErrorMessage + ")");
        }
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
    static RowCount readCount(CatalogLook look, ResultSet row, String what, @Nullable RelationName table)
            throws SQLException {
        // The size is null when another transaction dropped the table while this one waited for it.
        if (table == null || row.getObject(what + "_size") == null) {
            return new RowCount.NoTable();
        }
        List<String> missing = Grants.of(look)
                .unless(row.getBoolean(what + "_usage"), Grants.usage(table.schema()))
                .unless(row.getBoolean(what + "_readable"), "grant select on " + SqlText.relation(table) + " to")
                .missing();
        // Null, which is read as 0, for a table that there was no need to count.
        return missing.isEmpty() ? new RowCount.Exact(row.getLong(what + "_rows")) : new RowCount.NotReadable(missing);
    }

    /** Runs a query that counts. */
    static <T> T query(Database database, String sql, Database.Reader<T> reader, @Nullable Object... parameters) {
        try {
            return database.query(sql, reader, parameters);
        } catch (PgaiDatabaseException e) {
            if (!SqlErrors.state(e).equals(SqlErrors.UNDEFINED_TABLE)) {
                throw e;
            }
            throw new PgaiDatabaseException(
                    SqlErrors.message(
                            "Cannot " + database.operation(),
                            "Another transaction dropped a vectorizer while its queue was counted: call again.",
                            e),
                    e.sql(),
                    e.sqlState(),
                    e.getCause());
        }
    }
}
