package dev.pgai.jdbc;

import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.InvalidDefinitionException;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads vectorizers. */
final class StoredVectorizers {

    /** Of {@code ai.vectorizer v}, for {@link #read}. */
    static final String COLUMNS = """
            v.id, v.name, v.source_schema, v.source_table, v.trigger_name,
            v.queue_schema, v.queue_table, v.queue_failed_table, v.disabled,
            v.config::pg_catalog.text as config,
            pg_catalog.jsonb_extract_path_text(v.config, 'version') as catalog_version,
            (select pg_catalog.array_agg(k.attname order by k.pknum)
              from pg_catalog.jsonb_to_recordset(v.source_pk) as k(attname pg_catalog.text, pknum pg_catalog.int4)
            ) as primary_key
            """;

    private StoredVectorizers() {}

    static @Nullable StoredVectorizer find(Connection connection, String doing, VectorizerKey key) {
        List<StoredVectorizer> found = select(connection, doing, " where " + key.predicate(), key.parameter());
        return found.isEmpty() ? null : found.get(0);
    }

    static List<StoredVectorizer> list(Connection connection, String doing) {
        return select(connection, doing, " order by v.id");
    }

    private static List<StoredVectorizer> select(
            Connection connection, String doing, String restriction, @Nullable Object... parameters) {
        return Statements.lookUp(
                connection,
                "select " + COLUMNS + " from ai.vectorizer v" + restriction,
                (sql, e) -> SqlErrors.of(doing, sql, e),
                rows -> {
                    List<StoredVectorizer> vectorizers = new ArrayList<>();
                    while (rows.next()) {
                        vectorizers.add(read(rows));
                    }
                    return List.copyOf(vectorizers);
                },
                parameters);
    }

    static StoredVectorizer read(ResultSet row) throws SQLException {
        int id = row.getInt("id");
        String name = row.getString("name");
        RelationName source = RelationName.of(row.getString("source_schema"), row.getString("source_table"));
        String config = row.getString("config");
        RelationName queue = relation(row.getString("queue_schema"), row.getString("queue_table"));
        try {
            return new StoredVectorizer(
                    id,
                    name,
                    definition(source, name, config, queue, id),
                    config,
                    !row.getBoolean("disabled"),
                    row.getString("catalog_version"),
                    queue,
                    relation(row.getString("queue_schema"), row.getString("queue_failed_table")),
                    row.getString("trigger_name"),
                    texts(row.getArray("primary_key")));
        } catch (InvalidDefinitionException e) {
            throw new PgaiDatabaseException(
                    "Vectorizer " + name + " (id " + id + ") on " + source
                            + " has a config that is not a vectorizer's: " + e.getMessage() + " It can be dropped: "
                            + config,
                    null,
                    null);
        }
    }

    private static VectorizerDefinition definition(
            RelationName source, String name, String config, @Nullable RelationName queue, int id) {
        VectorizerDefinition definition = VectorizerJson.readStored(source, name, null, null, config);
        RelationName given = CatalogNames.of(definition).queue(id);
        if (queue == null || queue.equals(given)) {
            return definition;
        }
        return VectorizerJson.readStored(
                source,
                name,
                queue.schema().equals(given.schema()) ? null : queue.schema(),
                queue.name().equals(given.name()) ? null : queue.name(),
                config);
    }

    private static @Nullable RelationName relation(@Nullable String schema, @Nullable String name) {
        return schema == null || name == null ? null : RelationName.of(schema, name);
    }

    private static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
