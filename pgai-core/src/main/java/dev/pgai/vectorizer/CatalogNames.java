package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Identifiers;
import org.jspecify.annotations.Nullable;

/**
 * The names that the catalog gives to a vectorizer and its objects, computed without a database, as of pgai 0.12.1. Cut
 * at 63 bytes where the catalog cuts.
 *
 * <p>Names that hold the vectorizer's id differ between databases, and are given for an id.
 */
public final class CatalogNames {

    /** The schema of the catalog, and of queues that are not put elsewhere: {@value}. */
    public static final String SCHEMA = "ai";

    private final String vectorizer;
    private final @Nullable RelationName store;
    private final @Nullable RelationName view;
    private final String queueSchema;
    private final @Nullable String queueTable;

    private CatalogNames(VectorizerDefinition definition) {
        RelationName source = definition.source();
        @Nullable String derived;
        if (definition.destination() instanceof Destination.Column column) {
            store = null;
            view = null;
            derived = source.schema() + "_" + source.name() + "_" + column.embeddingColumn();
        } else if (definition.destination() == null || definition.destination() instanceof Destination.Table) {
            Destination.Table table =
                    definition.destination() instanceof Destination.Table given ? given : Destination.table();
            store = new RelationName(
                    table.targetSchema() == null ? source.schema() : table.targetSchema(),
                    table.targetTable() == null ? storeName(source, table) : table.targetTable());
            view = new RelationName(source.schema(), viewName(source, table));
            derived = store.schema() + "_" + store.name();
        } else {
            store = null;
            view = null;
            derived = null;
        }
        vectorizer = definition.name() == null ? Identifiers.cut(known(derived)) : definition.name();
        queueSchema = definition.queueSchema() == null ? SCHEMA : definition.queueSchema();
        queueTable = definition.queueTable();
    }

    /**
     * The names for a definition.
     *
     * @param definition the definition
     * @return its names
     * @throws InvalidArgumentException when the definition has no name, and a destination that this version does not
     *     know
     */
    public static CatalogNames of(VectorizerDefinition definition) {
        return new CatalogNames(definition);
    }

    private static String known(@Nullable String derived) {
        if (derived == null) {
            throw new InvalidArgumentException(
                    "name",
                    null,
                    "it cannot be derived from a destination that this version does not know",
                    "Give a name.");
        }
        return derived;
    }

    private static String storeName(RelationName source, Destination.Table table) {
        return Identifiers.cut(
                (table.destination() == null ? source.name() + "_embedding" : table.destination()) + "_store");
    }

    private static String viewName(RelationName source, Destination.Table table) {
        if (table.viewName() != null) {
            return table.viewName();
        }
        return table.destination() == null ? Identifiers.cut(source.name() + "_embedding") : table.destination();
    }

    /**
     * The vectorizer's name.
     *
     * @return the name that was given, or the one that the catalog makes of the destination
     */
    public String vectorizer() {
        return vectorizer;
    }

    /**
     * The table of a table destination.
     *
     * @return the store, or null for a column destination
     */
    public @Nullable RelationName store() {
        return store;
    }

    /**
     * The view of a table destination. It is in the source's schema, whatever {@code view_schema} says.
     *
     * @return the view, or null for a column destination
     */
    public @Nullable RelationName view() {
        return view;
    }

    /**
     * The queue.
     *
     * @param id the vectorizer's id
     * @return the name that was given, or {@code _vectorizer_q_<id>}; in the schema that was given, or {@code ai}
     */
    public RelationName queue(int id) {
        return new RelationName(queueSchema, queueTable == null ? "_vectorizer_q_" + id : queueTable);
    }

    /**
     * The queue of rows that failed. Its name cannot be chosen.
     *
     * @param id the vectorizer's id
     * @return {@code _vectorizer_q_failed_<id>} in the queue's schema
     */
    public RelationName failedQueue(int id) {
        return new RelationName(queueSchema, "_vectorizer_q_failed_" + id);
    }

    /**
     * The function that fills the queue.
     *
     * @param id the vectorizer's id
     * @return {@code _vectorizer_src_trg_<id>} in the queue's schema
     */
    public RelationName triggerFunction(int id) {
        return new RelationName(queueSchema, trigger(id));
    }

    /**
     * The row trigger on the source.
     *
     * @param id the vectorizer's id
     * @return {@code _vectorizer_src_trg_<id>}
     */
    public String trigger(int id) {
        return "_vectorizer_src_trg_" + id;
    }

    /**
     * The truncate trigger on the source.
     *
     * @param id the vectorizer's id
     * @return {@code _vectorizer_src_trg_<id>_truncate}
     */
    public String truncateTrigger(int id) {
        return trigger(id) + "_truncate";
    }
}
