package dev.pgai.jdbc.read;

import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.RowCount;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.Grants;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.RelationName;
import org.jspecify.annotations.Nullable;

/** Counts all rows of one queue, however many there are. */
public final class PendingCount {

    private PendingCount() {}

    public static long of(Database database, String name) {
        CatalogLook look = CatalogLook.forReading(database);
        return StatusQuery.query(
                database,
                "select " + VectorizerRow.COLUMNS + ", " + StatusQuery.countColumns("pending")
                        + " from ai.vectorizer v " + StatusQuery.countJoins("pending", "v.queue_table", "all")
                        + " where " + VectorizerRow.BY_NAME,
                row -> {
                    if (!row.next()) {
                        throw NotFound.exception(look, name);
                    }
                    RelationName queue = VectorizerRow.read(row).queue();
                    RowCount pending = StatusQuery.readCount(look, row, "pending", queue);
                    requireCounted(database, look, pending, queue);
                    return pending.exact().orElseThrow();
                },
                name);
    }

    static void requireCounted(Database database, CatalogLook look, RowCount pending, @Nullable RelationName queue) {
        if (pending instanceof RowCount.NotReadable notReadable) {
            throw Grants.exception(database.operation(), look, notReadable.missingGrants(), java.util.List.of());
        }
        if (pending instanceof RowCount.NoTable) {
            throw new PgaiDatabaseException(
                    "Cannot " + database.operation() + ": its queue "
                            + (queue == null ? "" : SqlText.relation(queue) + " ")
                            + "is gone, so that nothing can be embedded. Drop the vectorizer and create it again.",
                    null,
                    null,
                    null);
        }
    }
}
