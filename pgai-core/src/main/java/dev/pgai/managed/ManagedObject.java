package dev.pgai.managed;

import dev.pgai.InvalidArgumentException;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One object that belongs to pgai. All names are as PostgreSQL stores them, without quotes.
 *
 * @param kind what it is
 * @param schema the schema that it is in; for {@link Kind#SCHEMA} its own name
 * @param name its name; functions of one name count as one object
 * @param table the table or view that it is on, for the kinds that are on one; null for all others
 * @param vectorizer the name of the vectorizer that it belongs to, or null when it belongs to the catalog itself
 * @param reason why it is pgai's
 */
public record ManagedObject(
        Kind kind,
        String schema,
        String name,
        @Nullable String table,
        @Nullable String vectorizer,
        Reason reason) implements Comparable<ManagedObject> {

    /** What names an object; by hand, because a hundred thousand are sorted where there are many vectorizers. */
    static final Comparator<ManagedObject> BY_NAME = (first, second) -> {
        int order = first.schema.compareTo(second.schema);
        if (order == 0) {
            order = first.kind.compareTo(second.kind);
        }
        if (order == 0 && first.table != null && second.table != null) {
            order = first.table.compareTo(second.table);
        }
        return order == 0 ? first.name.compareTo(second.name) : order;
    };

    private static final Comparator<ManagedObject> ORDER = BY_NAME.thenComparing(
                    ManagedObject::vectorizer, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(ManagedObject::reason);

    /**
     * Checks that a table is given where the kind has one.
     *
     * @param kind as above
     * @param schema as above
     * @param name as above
     * @param table as above
     * @param vectorizer as above
     * @param reason as above
     * @throws InvalidArgumentException when the kind has a table and none is given, or the other way round
     */
    public ManagedObject {
        if (kind.isOnTable() != (table != null)) {
            throw new InvalidArgumentException(
                    "table",
                    table,
                    kind + " " + schema + "." + name + (kind.isOnTable() ? " is on a table" : " is on no table"),
                    kind.isOnTable() ? "Give the table." : "Leave the table out.");
        }
    }

    /**
     * By schema, kind, table and name.
     *
     * @param other the object to compare with
     * @return as {@link Comparable#compareTo(Object)} says
     */
    @Override
    public int compareTo(ManagedObject other) {
        return ORDER.compare(this, other);
    }

    /** What kind of object it is. */
    public enum Kind {
        /** A whole schema: everything in it is pgai's. */
        SCHEMA,
        /** A table, also a partitioned or a foreign one. */
        TABLE,
        /** A view, also a materialized one. */
        VIEW,
        /** A sequence. */
        SEQUENCE,
        /** A function or procedure. */
        FUNCTION,
        /** A column of a table or view. */
        COLUMN,
        /** An index. */
        INDEX,
        /** A constraint of a table. */
        CONSTRAINT,
        /** A trigger on a table or view. */
        TRIGGER;

        /**
         * Whether objects of this kind are on a table or view.
         *
         * @return true for columns, indexes, constraints and triggers
         */
        public boolean isOnTable() {
            return compareTo(COLUMN) >= 0;
        }
    }

    /** Why an object is pgai's. What is on a table or view has the reason of that table or view. */
    public enum Reason {
        /** It is in schema {@code ai}, and of no single vectorizer. */
        CATALOG("in the catalog's schema"),
        /** The table with a vectorizer's embeddings, or on it. */
        STORE("the vectorizer's store"),
        /** The view that joins store and source, or on it. */
        VIEW("the vectorizer's view"),
        /** The queue, or on it. */
        QUEUE("the vectorizer's queue"),
        /** The queue of rows that failed, or on it. */
        FAILED_QUEUE("the vectorizer's queue of failed rows"),
        /** The function that fills the queue. */
        TRIGGER_FUNCTION("fills the vectorizer's queue"),
        /** A trigger on the source that calls that function. */
        SOURCE_TRIGGER("calls what fills the vectorizer's queue"),
        /** The column of a column destination, on the user's own table. */
        EMBEDDING_COLUMN("the vectorizer's column on its source"),
        /** The index that the catalog made for the column of a column destination. */
        EMBEDDING_INDEX("the index of the vectorizer's column"),
        /** It has the form of what pgai makes, and no vectorizer: a drop kept it, or the vectorizer's row is gone. */
        KEPT("of the form that pgai makes, and of no vectorizer any more");

        private final String description;

        Reason(String description) {
            this.description = description;
        }

        /**
         * For people.
         *
         * @return half a sentence
         */
        public String description() {
            return description;
        }
    }
}
