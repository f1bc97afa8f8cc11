package dev.pgai.jdbc.read;

import dev.pgai.database.RowCount;
import dev.pgai.database.VectorizerStatus;
import dev.pgai.database.WorkerProgress;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.CatalogLook.Access;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads, for each row of {@code ai.vectorizer v} in a query, how far the vectorizer is. What the current user may not
 * read is not named in the query: the server would refuse all of it.
 */
final class StatusQuery {

    /** One more than is told: the row that shows that there are more. */
    static final String CAPPED = String.valueOf(VectorizerStatus.COUNTED_UP_TO + 1);

    private final CatalogLook look;

    StatusQuery(CatalogLook look) {
        this.look = look;
    }

    /** Beside those of {@code ObjectsQuery}. */
    String columns() {
        return QueueRows.columns("queue") + ", " + QueueRows.columns("failed")
                + (look.ai().errors() == Access.GRANTED
                        ? ", (select pg_catalog.count(*) from (select from ai.vectorizer_errors e"
                                + " where e.id operator(pg_catalog.=) v.id limit " + CAPPED + ") e) as errors"
                        : "")
                + (look.ai().progress() == Access.GRANTED
                        ? ", progress.success_count, progress.error_count, progress.last_success_at,"
                                + " progress.last_error_at, progress.last_error_message"
                        : "");
    }

    String joins() {
        return look.ai().progress() == Access.GRANTED
                // With a limit the planner expects one row; else it expects hundreds of a table that is empty, and
                // compiles a query that asks for one vectorizer.
                ? " left join lateral (select * from ai.vectorizer_worker_progress p"
                        + " where p.vectorizer_id operator(pg_catalog.=) v.id limit 1) progress on true"
                : "";
    }

    RowCount errors(ResultSet row) throws SQLException {
        return switch (look.ai().errors()) {
            case GRANTED -> capped(new RowCount.Exact(row.getLong("errors")));
            case MISSING_RIGHT -> new RowCount.NotReadable(look.missingForErrors());
            case MISSING_TABLE -> new RowCount.NoTable();
        };
    }

    static RowCount capped(RowCount count) {
        return count instanceof RowCount.Exact exact && exact.rows() > VectorizerStatus.COUNTED_UP_TO
                ? new RowCount.AtLeast(exact.rows())
                : count;
    }

    WorkerProgress progress(ResultSet row) throws SQLException {
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
    record Status(RowCount pending, RowCount failed, RowCount errors, WorkerProgress progress)
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
}
