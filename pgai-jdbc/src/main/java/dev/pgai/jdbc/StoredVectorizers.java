package dev.pgai.jdbc;

import dev.pgai.vectorizer.RelationName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads vectorizers with their status, all in one statement. */
final class StoredVectorizers {

    private static final String COLUMNS = StoredConfig.COLUMNS + """
            , v.trigger_name, v.queue_failed_table, v.disabled,
            pg_catalog.jsonb_extract_path_text(v.config, 'version') as catalog_version,
            (select pg_catalog.array_agg(k.attname order by k.pknum)
              from pg_catalog.jsonb_to_recordset(v.source_pk) as k(attname pg_catalog.text, pknum pg_catalog.int4)
            ) as primary_key
            """;

    private final Connection connection;
    private final String doing;
    private final StatusQuery status;

    private StoredVectorizers(Connection connection, String doing, Preflight preflight) {
        this.connection = connection;
        this.doing = doing;
        this.status = new StatusQuery(preflight);
    }

    static Optional<StoredVectorizer> find(
            Connection connection, String doing, Preflight preflight, VectorizerKey key) {
        return new StoredVectorizers(connection, doing, preflight)
                .select(" where " + key.predicate(), key.parameter()).stream().findFirst();
    }

    static List<StoredVectorizer> list(Connection connection, String doing, Preflight preflight) {
        return new StoredVectorizers(connection, doing, preflight).select(" order by v.id");
    }

    private List<StoredVectorizer> select(String restriction, @Nullable Object... parameters) {
        return Statements.lookUp(
                connection,
                "select " + COLUMNS + ", " + status.columns() + " from ai.vectorizer v " + status.joins() + restriction,
                (sql, e) -> StatusQuery.error(doing, sql, e),
                rows -> {
                    List<StoredVectorizer> vectorizers = new ArrayList<>();
                    while (rows.next()) {
                        vectorizers.add(read(rows));
                    }
                    return List.copyOf(vectorizers);
                },
                parameters);
    }

    private StoredVectorizer read(ResultSet row) throws SQLException {
        StoredConfig stored = StoredConfig.read(row);
        RelationName failedQueue =
                StoredConfig.relation(row.getString("queue_schema"), row.getString("queue_failed_table"));
        return new StoredVectorizer(
                stored.id(),
                stored.name(),
                stored.definition(),
                stored.config(),
                !row.getBoolean("disabled"),
                row.getString("catalog_version"),
                stored.queue(),
                failedQueue,
                row.getString("trigger_name"),
                texts(row.getArray("primary_key")),
                status.read(row, stored.queue(), failedQueue));
    }

    private static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
