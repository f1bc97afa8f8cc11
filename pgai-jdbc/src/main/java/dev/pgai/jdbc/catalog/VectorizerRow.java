package dev.pgai.jdbc.catalog;

import dev.pgai.InvalidArgumentException;
import dev.pgai.change.ChangedVectorizer;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.json.JsonObject;
import dev.pgai.json.JsonText;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code ai.vectorizer}, read as it is: whatever somebody wrote into it, it can be read and the vectorizer can
 * be dropped. What is asked of it may then be refused.
 *
 * @param failedQueueTable the table of rows that failed, in the queue's schema
 */
public record VectorizerRow(
        int id,
        String name,
        String sourceSchema,
        String sourceTable,
        @Nullable String queueSchema,
        @Nullable String queueTable,
        @Nullable String failedQueueTable,
        String triggerName,
        List<KeyColumn> key,
        String config,
        @Nullable String catalogVersion,
        Destination destination) {

    /** A column of the source's primary key when the vectorizer was made. */
    public record KeyColumn(String name, long number) {}

    /** Where the config says that the embeddings are; null for what it does not say. */
    public record Destination(
            @Nullable String targetSchema,
            @Nullable String targetTable,
            @Nullable String viewSchema,
            @Nullable String viewName,
            @Nullable String embeddingColumn) {}

    /** Of {@code ai.vectorizer v}, for {@link #read}. */
    public static final String COLUMNS = """
            v.id, v.name, v.source_schema, v.source_table, v.queue_schema, v.queue_table, v.queue_failed_table,
            v.trigger_name, v.source_pk::pg_catalog.text as source_pk, v.config::pg_catalog.text as config,
            pg_catalog.jsonb_extract_path_text(v.config, 'version') as catalog_version,
            pg_catalog.jsonb_extract_path_text(v.config, 'destination', 'target_schema') as target_schema,
            pg_catalog.jsonb_extract_path_text(v.config, 'destination', 'target_table') as target_table,
            pg_catalog.jsonb_extract_path_text(v.config, 'destination', 'view_schema') as view_schema,
            pg_catalog.jsonb_extract_path_text(v.config, 'destination', 'view_name') as view_name,
            pg_catalog.jsonb_extract_path_text(v.config, 'destination', 'embedding_column') as embedding_column
            """;

    /** A predicate on {@code ai.vectorizer v} with one parameter. A text is not cut at 63 bytes, a name would be. */
    public static final String BY_NAME = "v.name operator(pg_catalog.=) ?::pg_catalog.text";

    public static Optional<VectorizerRow> find(Database database, String name) {
        return database.query(
                "select " + COLUMNS + " from ai.vectorizer v where " + BY_NAME,
                row -> row.next() ? Optional.of(read(row)) : Optional.empty(),
                name);
    }

    public static VectorizerRow read(ResultSet row) throws SQLException {
        return new VectorizerRow(
                row.getInt("id"),
                row.getString("name"),
                row.getString("source_schema"),
                row.getString("source_table"),
                row.getString("queue_schema"),
                row.getString("queue_table"),
                row.getString("queue_failed_table"),
                row.getString("trigger_name"),
                key(row.getString("source_pk")),
                row.getString("config"),
                row.getString("catalog_version"),
                new Destination(
                        row.getString("target_schema"),
                        row.getString("target_table"),
                        row.getString("view_schema"),
                        row.getString("view_name"),
                        row.getString("embedding_column")));
    }

    /** Whatever somebody wrote into it: what is no key is left out. */
    private static List<KeyColumn> key(@Nullable String json) {
        List<KeyColumn> key = new ArrayList<>();
        for (Object column : JsonText.readLeniently(json)) {
            if (column instanceof Map<?, ?> map
                    && map.get("attname") instanceof String name
                    && map.get("attnum") instanceof Number number) {
                key.add(new KeyColumn(name, number.longValue()));
            }
        }
        return List.copyOf(key);
    }

    /** For messages: whatever the names are. */
    public String source() {
        return sourceSchema + "." + sourceTable;
    }

    public @Nullable RelationName sourceName() {
        return relation(sourceSchema, sourceTable);
    }

    public @Nullable RelationName store() {
        return relation(destination.targetSchema(), destination.targetTable());
    }

    public @Nullable RelationName view() {
        return relation(destination.viewSchema(), destination.viewName());
    }

    public @Nullable RelationName queue() {
        return relation(queueSchema, queueTable);
    }

    public @Nullable RelationName failedQueue() {
        return relation(queueSchema, failedQueueTable);
    }

    /** Null for what no relation can be called. */
    private static @Nullable RelationName relation(@Nullable String schema, @Nullable String name) {
        if (schema == null || name == null) {
            return null;
        }
        try {
            return RelationName.of(schema, name);
        } catch (InvalidArgumentException e) {
            return null;
        }
    }

    /**
     * Without the name of a queue that the catalog gave: it holds the id.
     *
     * @throws InvalidArgumentException when the row is not what a definition can be
     */
    public VectorizerDefinition definition() {
        VectorizerDefinition definition = withQueue(null, null);
        RelationName queue = queue();
        if (queue == null) {
            return definition;
        }
        RelationName given = CatalogNames.of(definition).queue(id);
        if (queue.equals(given)) {
            return definition;
        }
        return withQueue(
                queue.schema().equals(given.schema()) ? null : queue.schema(),
                queue.name().equals(given.name()) ? null : queue.name());
    }

    /**
     * Compares with what somebody wants.
     *
     * @throws InvalidArgumentException when the row is not what a definition can be
     */
    public List<DefinitionDifference> differencesFrom(VectorizerDefinition wanted) {
        // With the queue's name in any case: the definition may ask for the very name that the catalog gave.
        RelationName queue = queue();
        return DefinitionDifference.between(
                wanted, queue == null ? withQueue(null, null) : withQueue(queue.schema(), queue.name()));
    }

    private VectorizerDefinition withQueue(@Nullable String schema, @Nullable String table) {
        return DefinitionForm.readStored(
                RelationName.of(sourceSchema, sourceTable), name, schema, table, JsonObject.of("config", config));
    }

    /** For messages and the log. */
    public ChangedVectorizer forPeople() {
        return new ChangedVectorizer(
                id,
                name,
                source(),
                joined(destination.targetSchema(), destination.targetTable()),
                joined(destination.viewSchema(), destination.viewName()),
                destination.embeddingColumn());
    }

    private static @Nullable String joined(@Nullable String schema, @Nullable String name) {
        return schema == null || name == null ? null : schema + "." + name;
    }
}
