package dev.pgai.jdbc;

import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.InvalidDefinitionException;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** As much of a vectorizer as a definition is compared with. Reading it counts nothing. */
record StoredConfig(
        int id, String name, RelationName source, @Nullable RelationName queue, String config) {

    /** Of {@code ai.vectorizer v}, for {@link #read}. */
    static final String COLUMNS = "v.id, v.name, v.source_schema, v.source_table, v.queue_schema, v.queue_table,"
            + " v.config::pg_catalog.text as config";

    static Optional<StoredConfig> find(Connection connection, String doing, VectorizerKey key) {
        return Statements.lookUp(
                connection,
                "select " + COLUMNS + " from ai.vectorizer v where " + key.predicate(),
                (sql, e) -> SqlErrors.of(doing, sql, e),
                row -> row.next() ? Optional.of(read(row)) : Optional.empty(),
                key.parameter());
    }

    static StoredConfig read(ResultSet row) throws SQLException {
        return new StoredConfig(
                row.getInt("id"),
                row.getString("name"),
                RelationName.of(row.getString("source_schema"), row.getString("source_table")),
                relation(row.getString("queue_schema"), row.getString("queue_table")),
                row.getString("config"));
    }

    /** Without the name of a queue that the catalog gave: it holds the id. */
    VectorizerDefinition definition() {
        VectorizerDefinition definition = withQueue(null, null);
        RelationName given = CatalogNames.of(definition).queue(id);
        if (queue == null || queue.equals(given)) {
            return definition;
        }
        return withQueue(
                queue.schema().equals(given.schema()) ? null : queue.schema(),
                queue.name().equals(given.name()) ? null : queue.name());
    }

    List<DefinitionDifference> differencesFrom(VectorizerDefinition wanted) {
        // With the queue's name in any case: the definition may ask for the very name that the catalog gave.
        return DefinitionDifference.between(
                wanted, withQueue(queue == null ? null : queue.schema(), queue == null ? null : queue.name()));
    }

    void requireSameAs(VectorizerDefinition wanted) {
        List<DefinitionDifference> differences = differencesFrom(wanted);
        if (!differences.isEmpty()) {
            throw new VectorizerDiffersException(name, id, differences);
        }
    }

    static @Nullable RelationName relation(@Nullable String schema, @Nullable String name) {
        return schema == null || name == null ? null : RelationName.of(schema, name);
    }

    private VectorizerDefinition withQueue(@Nullable String queueSchema, @Nullable String queueTable) {
        try {
            return VectorizerJson.readStored(source, name, queueSchema, queueTable, config);
        } catch (InvalidDefinitionException e) {
            throw new PgaiDatabaseException(
                    "Vectorizer " + name + " (id " + id + ") on " + source
                            + " has a config that is not a vectorizer's: " + e.getMessage() + " It can be dropped: "
                            + config,
                    null,
                    null);
        }
    }
}
