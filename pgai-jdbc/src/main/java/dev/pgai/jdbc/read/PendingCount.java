package dev.pgai.jdbc.read;

import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.RowCount;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.connection.RowCounts;
import dev.pgai.jdbc.inspect.ObjectsQuery;
import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.RelationName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts all rows of one queue, however many there are. */
public final class PendingCount {

    private PendingCount() {}

    public static long of(Database database, String name) {
        CatalogLook look = CatalogLook.forReading(database);
        VectorizerRow vectorizer = row(database, look, name);
        while (true) {
            RowCount pending = count(database, look, vectorizer);
            // Another transaction may have dropped it, and its queue, between two looks.
            VectorizerRow now = pending instanceof RowCount.NoTable ? row(database, look, name) : vectorizer;
            if (now.id() == vectorizer.id()) {
                requireCounted(database, look, pending, vectorizer.queue());
                return pending.exact().orElseThrow();
            }
            vectorizer = now;
        }
    }

    private static VectorizerRow row(Database database, CatalogLook look, String name) {
        return VectorizerRow.find(database, name).orElseThrow(() -> NotFound.exception(look, name));
    }

    private static RowCount count(Database database, CatalogLook look, VectorizerRow vectorizer) {
        RowCounts<Integer> counts = new RowCounts<>();
        QueueRows queue = database.query(
                "select " + QueueRows.columns("queue") + ObjectsQuery.from("where v.id operator(pg_catalog.=) ?"),
                row -> row.next()
                        ? QueueRows.read(look, row, "queue", vectorizer.queue())
                        : new QueueRows(null, true, List.of()),
                vectorizer.id());
        queue.addTo(counts, vectorizer.id(), "all");
        counts.run(database);
        return queue.rows(look, counts, vectorizer.id());
    }

    static void requireCounted(Database database, CatalogLook look, RowCount pending, @Nullable RelationName queue) {
        if (pending instanceof RowCount.NotReadable notReadable) {
            throw look.grants().exception(database.operation(), notReadable.missingGrants(), List.of());
        }
        if (pending instanceof RowCount.NoTable) {
            throw new PgaiDatabaseException(
                    "Cannot " + database.operation() + ": its queue "
                            + (queue == null ? "" : SqlText.relation(queue) + " ")
                            + "is gone, so that nothing can be embedded. "
                            + (look.keepsItsSnapshot()
                                    ? look.snapshotHint()
                                    : "Drop the vectorizer and create it again."),
                    null,
                    null,
                    null);
        }
    }
}
