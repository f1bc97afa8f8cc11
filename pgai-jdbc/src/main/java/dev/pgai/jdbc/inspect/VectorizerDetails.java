package dev.pgai.jdbc.inspect;

import dev.pgai.jdbc.catalog.Column;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.json.JsonText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the objects of a vectorizer are like; no columns for a relation that is not there.
 *
 * @param key the columns of the source's primary key, in the key's order
 * @param missesReplication whether a subscription writes to the source, and a trigger does not fire for it
 * @param fillsQueue whether the function of the triggers puts the key into the queue
 * @param emptiesStore whether it deletes the embeddings of a row that is deleted
 * @param storeKeys the columns of the store's unique indexes
 * @param readsSource whether the view reads the source
 * @param readsStore whether it reads the store
 * @param missingGrants what roles lack that may use the queue
 */
record VectorizerDetails(
        List<Column> source,
        List<Column> key,
        boolean missesReplication,
        boolean fillsQueue,
        boolean emptiesStore,
        List<Column> queue,
        List<String> failedQueue,
        List<Column> store,
        List<List<String>> storeKeys,
        List<String> view,
        boolean readsSource,
        boolean readsStore,
        List<MissingGrant> missingGrants) {

    /** What a role lacks. */
    record MissingGrant(String role, Part on) {}

    /** What roles are granted rights on. */
    enum Part {
        SOURCE,
        QUEUE,
        FAILED_QUEUE,
        STORE,
        VIEW
    }

    static VectorizerDetails read(ResultSet row) throws SQLException {
        List<Column> source = Column.read(row.getString("source_columns"));
        List<Column> store = Column.read(row.getString("store_columns"));
        return new VectorizerDetails(
                source,
                Column.numbered(row.getString("source_key"), source),
                row.getBoolean("misses_replication"),
                row.getBoolean("fills_queue"),
                row.getBoolean("empties_store"),
                Column.read(row.getString("queue_columns")),
                texts(row.getString("failed_columns")),
                store,
                Column.readKeys(row.getString("store_keys"), store),
                texts(row.getString("view_columns")),
                row.getBoolean("reads_source"),
                row.getBoolean("reads_store"),
                JsonText.readRows(row.getString("missing_grants")).stream()
                        .map(grant -> new MissingGrant((String) grant.get(0), Part.valueOf((String) grant.get(1))))
                        .toList());
    }

    private static List<String> texts(@Nullable String json) {
        return JsonText.readList(json).stream().map(String.class::cast).toList();
    }

    KeyComparison compareKey(VectorizerRow vectorizer, VectorizerObjects objects) {
        boolean queued = objects.queue() != null && objects.queue().isTable() && !queue.isEmpty();
        return KeyComparison.of(vectorizer.key(), key, queued ? queue : store);
    }
}
