package dev.pgai.jdbc.read;

import dev.pgai.database.RowCount;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.WorkerProgress;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.connection.RowCounts;
import dev.pgai.jdbc.inspect.InspectedVectorizer;
import dev.pgai.jdbc.inspect.InspectedVectorizer.Look;
import dev.pgai.jdbc.inspect.ObjectsQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads vectorizers with what there is of them and their status: one query, and one count of what is queued. */
public final class StoredVectorizers {

    private final Database database;
    private final CatalogLook look;
    private final Look closeness;
    private final StatusQuery status;

    private StoredVectorizers(Database database, CatalogLook look, Look closeness) {
        this.database = database;
        this.look = look;
        this.closeness = closeness;
        this.status = new StatusQuery(look);
    }

    public static Optional<StoredVectorizer> find(Database database, CatalogLook look, String name) {
        return new StoredVectorizers(database, look, Look.DETAILS)
                .select("where " + VectorizerRow.BY_NAME, name).stream().findFirst();
    }

    public static List<StoredVectorizer> list(Database database, CatalogLook look) {
        return new StoredVectorizers(database, look, Look.OBJECTS).select("");
    }

    /** With columns, keys and rights, too. */
    public static List<StoredVectorizer> listClosely(Database database, CatalogLook look) {
        return new StoredVectorizers(database, look, Look.DETAILS).select("");
    }

    private List<StoredVectorizer> select(String restriction, @Nullable Object... parameters) {
        List<Seen> seen = database.query(
                "select " + closeness.columns() + ", v.disabled, " + status.columns() + ObjectsQuery.from(restriction)
                        + status.joins() + " order by v.id",
                rows -> {
                    List<Seen> all = new ArrayList<>();
                    while (rows.next()) {
                        all.add(read(rows));
                    }
                    return all;
                },
                parameters);
        RowCounts<Key> counts = new RowCounts<>();
        for (Seen vectorizer : seen) {
            vectorizer.queue().addTo(counts, new Key(vectorizer.id(), false), StatusQuery.CAPPED);
            vectorizer.failedQueue().addTo(counts, new Key(vectorizer.id(), true), StatusQuery.CAPPED);
        }
        counts.run(database);
        return seen.stream()
                .<StoredVectorizer>map(vectorizer -> vectorizer.stored(look, counts))
                .toList();
    }

    /** Of a count. */
    private record Key(int id, boolean failed) {}

    /** A vectorizer before its queues are counted. */
    private record Seen(
            InspectedVectorizer inspected,
            boolean enabled,
            QueueRows queue,
            QueueRows failedQueue,
            RowCount errors,
            WorkerProgress progress) {

        int id() {
            return inspected.row().id();
        }

        StoredVectorizer stored(CatalogLook look, RowCounts<Key> counts) {
            return new StoredVectorizerRow(
                    inspected,
                    enabled,
                    new StatusQuery.Status(
                            StatusQuery.capped(queue.rows(look, counts, new Key(id(), false))),
                            StatusQuery.capped(failedQueue.rows(look, counts, new Key(id(), true))),
                            errors,
                            progress));
        }
    }

    private Seen read(ResultSet row) throws SQLException {
        InspectedVectorizer inspected = InspectedVectorizer.read(look, row, closeness);
        return new Seen(
                inspected,
                !row.getBoolean("disabled"),
                QueueRows.read(look, row, "queue", inspected.row().queue()),
                QueueRows.read(look, row, "failed", inspected.row().failedQueue()),
                status.errors(row),
                status.progress(row));
    }
}
