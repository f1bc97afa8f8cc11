package dev.pgai.jdbc.search;

import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.sql.SqlText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Settings of pgvector's that hold for one search. They are set for the transaction, and set back to what they were
 * when the search is done: what a transaction that failed had set goes with it.
 */
final class SearchSettings {

    private final Database database;
    private final Map<String, String> known;

    private SearchSettings(Database database, Map<String, String> known) {
        this.database = database;
        this.known = known;
    }

    /**
     * Works while settings hold. Where the extension has none at all, as a stand-in that has no such index, there is
     * nothing to set.
     *
     * @param vectorSchema where pgvector is
     */
    static <T> T during(Database database, String vectorSchema, Map<String, String> settings, Supplier<T> work) {
        SearchSettings session = at(database, vectorSchema, settings);
        if (session.known.isEmpty()) {
            return work.get();
        }
        session.set(settings);
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | Error e) {
            // A transaction that failed refuses that, and loses them by itself.
            try {
                session.setBack(settings);
            } catch (PgaiDatabaseException failed) {
                e.addSuppressed(failed);
            }
            throw e;
        }
        session.setBack(settings);
        return result;
    }

    private static SearchSettings at(Database database, String vectorSchema, Map<String, String> settings) {
        if (!database.isInTransaction()) {
            throw refused(
                    database,
                    Problem.Code.TRANSACTION_MISSING,
                    settings.keySet().toString(),
                    "The search has settings of its own, which hold for a transaction, and the connection is in"
                            + " autocommit.",
                    "Switch autocommit off, or use a DataSource.");
        }
        Map<String, String> known = known(database, vectorSchema);
        for (String name : settings.keySet()) {
            if (!known.isEmpty() && !known.containsKey(name)) {
                throw refused(
                        database,
                        Problem.Code.SETTING_UNKNOWN,
                        name,
                        "The pgvector of this database has no setting " + name + ".",
                        "Iterative scans need 0.8: update the extension, or leave the setting out.");
            }
        }
        return new SearchSettings(database, known);
    }

    /** As soon as a vector is read, pgvector's library is there, and with it the settings that this version has. */
    private static Map<String, String> known(Database database, String vectorSchema) {
        return database.query(
                "select s.name, s.setting from pg_catalog.pg_settings s"
                        + " where (pg_catalog.starts_with(s.name, 'hnsw.')"
                        + " or pg_catalog.starts_with(s.name, 'ivfflat.'))"
                        + " and cast('[1]' as " + SqlText.identifier(vectorSchema) + ".\"vector\") is not null",
                rows -> {
                    Map<String, String> known = new HashMap<>();
                    while (rows.next()) {
                        known.put(rows.getString("name"), rows.getString("setting"));
                    }
                    return known;
                });
    }

    private static RefusedException refused(
            Database database, Problem.Code code, String value, String message, String hint) {
        return new RefusedException(
                "Cannot " + database.operation(), List.of(Problem.of(code, null, value, message, hint)));
    }

    private void set(Map<String, String> values) {
        String sql = values.entrySet().stream()
                .map(value -> "pg_catalog.set_config(" + SqlText.literal(value.getKey()) + ", "
                        + SqlText.literal(value.getValue()) + ", true)")
                .collect(Collectors.joining(", ", "select ", ""));
        database.query(sql, rows -> true);
    }

    private void setBack(Map<String, String> settings) {
        set(settings.keySet().stream().collect(Collectors.toMap(name -> name, known::get)));
    }
}
