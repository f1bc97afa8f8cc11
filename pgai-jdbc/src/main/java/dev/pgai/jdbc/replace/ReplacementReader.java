package dev.pgai.jdbc.replace;

import dev.pgai.database.VectorizerReplacement;
import dev.pgai.database.VectorizerReplacement.Phase;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.json.JsonObject;
import dev.pgai.sql.ReplaceSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads how far replacements are. */
final class ReplacementReader {

    private static final String NAMES = "select m.name from ai.vectorizer v"
            + " join pg_catalog.pg_namespace n on n.nspname operator(pg_catalog.=) v.queue_schema"
            + " join pg_catalog.pg_class c on c.relnamespace operator(pg_catalog.=) n.oid"
            + " and c.relname operator(pg_catalog.=) v.queue_table"
            + " cross join lateral (select pg_catalog.obj_description(c.oid, 'pg_class') as text) d"
            + " cross join lateral (select case when pg_catalog.starts_with(d.text, '" + ReplaceSql.FILLING + "')"
            + " then pg_catalog.substr(d.text, " + (ReplaceSql.FILLING.length() + 1) + ")"
            + " when pg_catalog.starts_with(d.text, '" + ReplaceSql.REPLACED + "')"
            + " then pg_catalog.substr(d.text, " + (ReplaceSql.REPLACED.length() + 1) + ") end as name) m"
            + " join ai.vectorizer f on f.name operator(pg_catalog.=) m.name order by v.id";

    private ReplacementReader() {}

    static List<String> names(Database database) {
        return database.query(NAMES, rows -> {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        });
    }

    static Optional<VectorizerReplacement> find(Database database, String name) {
        return database.told(ReplaceSql.status(name), ReplaceSql.STATUS_TOLD).map(json -> read(name, json));
    }

    private static VectorizerReplacement read(String name, String json) {
        JsonObject told = JsonObject.of(json);
        return new Status(
                name,
                told.integer("id"),
                told.text("next"),
                told.integer("next_id"),
                told.bool("filling") ? Phase.FILLING : Phase.EXCHANGED,
                told.text("store"),
                told.text("view"),
                told.bool("disabled"),
                Long.parseLong(told.text("rows")),
                Long.parseLong(told.text("missing")),
                Long.parseLong(told.text("pending")),
                Long.parseLong(told.text("failed")),
                told.texts("obstacles"));
    }

    private record Status(
            String name,
            int id,
            String next,
            int nextId,
            Phase phase,
            String store,
            String view,
            boolean isDisabled,
            long rows,
            long missing,
            long pending,
            long failed,
            List<String> obstacles)
            implements VectorizerReplacement {

        @Override
        public String toString() {
            return phase == Phase.FILLING
                    ? next + " fills to replace " + name + ": " + (rows - missing) + " of " + rows
                            + " rows are embedded, " + pending + " are queued, " + failed + " failed"
                    : name + " has been replaced: " + next + " is to be dropped";
        }
    }
}
