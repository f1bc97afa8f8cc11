package dev.pgai.jdbc.inspect;

import dev.pgai.json.JsonText;
import dev.pgai.vectorizer.RelationName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which objects of a vectorizer a database has; null for what it does not have.
 *
 * @param columnIsThere whether the column of a column destination is; true for a table destination
 * @param firing how many of its two triggers do what they should
 * @param firingUnderAnyName how many do, whatever they are called, where that is not two
 * @param triggers the triggers on the source, where not both do what they should
 * @param elsewhere another table that has the vectorizer's trigger, where the source has none
 * @param storeElsewhere the table from which the view reads embeddings, where there is no store
 * @param partitionOff a partition of the source, as people write it, on which a trigger does not fire
 */
record VectorizerObjects(
        @Nullable Relation source,
        @Nullable Relation queue,
        @Nullable Relation failedQueue,
        @Nullable Relation store,
        @Nullable Relation view,
        boolean columnIsThere,
        int firing,
        int firingUnderAnyName,
        List<Trigger> triggers,
        @Nullable RelationName elsewhere,
        @Nullable RelationName storeElsewhere,
        @Nullable String partitionOff,
        boolean queueSchemaIsThere,
        boolean targetSchemaIsThere,
        boolean viewSchemaIsThere) {

    /**
     * A relation.
     *
     * @param id its oid, which is higher the later it was made; 0 where it does not matter
     * @param kind PostgreSQL's {@code relkind}
     */
    record Relation(long id, char kind) {

        boolean isTable() {
            return kind == 'r' || kind == 'p';
        }
    }

    /**
     * A trigger.
     *
     * @param enabled when it fires, as {@code pg_trigger} has it: {@code O}, {@code D}, {@code R} or {@code A}
     * @param calls whether it calls the vectorizer's function
     * @param complete whether it fires for each row that is inserted, updated or deleted, or for a truncation
     */
    record Trigger(String name, char enabled, boolean calls, boolean complete) {}

    static VectorizerObjects read(ResultSet row) throws SQLException {
        return new VectorizerObjects(
                relation(row, "source", row.getLong("source_id")),
                relation(row, "queue", row.getLong("queue_id")),
                relation(row, "failed", 0),
                relation(row, "store", 0),
                relation(row, "view", 0),
                row.getBoolean("column_there"),
                row.getInt("firing"),
                row.getInt("firing_under_any_name"),
                triggers(row.getString("triggers")),
                elsewhere(row.getString("elsewhere")),
                elsewhere(row.getString("store_elsewhere")),
                row.getString("partition_off"),
                row.getBoolean("queue_schema_there"),
                row.getBoolean("target_schema_there"),
                row.getBoolean("view_schema_there"));
    }

    private static @Nullable Relation relation(ResultSet row, String what, long id) throws SQLException {
        String kind = row.getString(what + "_kind");
        return kind == null ? null : new Relation(id, kind.charAt(0));
    }

    private static List<Trigger> triggers(@Nullable String json) {
        List<Trigger> triggers = new ArrayList<>();
        for (List<?> trigger : JsonText.readRows(json)) {
            triggers.add(new Trigger(
                    (String) trigger.get(0),
                    ((String) trigger.get(1)).charAt(0),
                    Boolean.TRUE.equals(trigger.get(2)),
                    Boolean.TRUE.equals(trigger.get(3))));
        }
        return triggers;
    }

    private static @Nullable RelationName elsewhere(@Nullable String json) {
        List<?> name = JsonText.readList(json);
        return name.isEmpty() ? null : RelationName.of((String) name.get(0), (String) name.get(1));
    }
}
