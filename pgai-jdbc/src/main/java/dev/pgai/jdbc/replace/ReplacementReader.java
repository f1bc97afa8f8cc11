package dev.pgai.jdbc.replace;

import dev.pgai.database.VectorizerReplacement;
import dev.pgai.database.VectorizerReplacement.Phase;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.json.JsonObject;
import dev.pgai.sql.ReplaceSql;
import java.util.List;
import java.util.Optional;

/** Reads how far replacements are. */
final class ReplacementReader {

    private ReplacementReader() {}

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
