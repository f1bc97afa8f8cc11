package dev.pgai.jdbc.check;

import dev.pgai.jdbc.catalog.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Compares what there is with the store that the catalog would make. */
public final class StoreColumns {

    private final List<Column> columns;
    private final List<String> wrong = new ArrayList<>();

    private StoreColumns(List<Column> columns) {
        this.columns = columns;
    }

    /**
     * What is wrong with a relation of PostgreSQL's {@code relkind} as a store.
     *
     * @param key that of the source
     * @return each half a sentence that goes on after the relation
     */
    public static List<String> wrong(char kind, List<Column> columns, List<Column> key, int dimensions) {
        if (kind != 'r' && kind != 'p') {
            return List.of("is " + RelationKinds.name(kind));
        }
        StoreColumns store = new StoreColumns(columns);
        store.check("embedding_uuid", column -> column.type().equals("uuid"), "uuid");
        key.forEach(column -> store.check(column.name(), column::sameType, column.fullType()));
        store.check("chunk_seq", column -> column.type().equals("integer"), "integer");
        store.check("chunk", column -> column.type().equals("text"), "text");
        store.check("embedding", column -> column.takesVectors(dimensions), "vector(" + dimensions + ")");
        return store.wrong;
    }

    private void check(String name, Predicate<Column> condition, String type) {
        Optional<Column> column = Column.find(columns, name);
        if (column.isEmpty()) {
            wrong.add("has no column " + name);
        } else if (!condition.test(column.get())) {
            wrong.add("has " + name + " as " + column.get().fullType() + " instead of " + type);
        }
    }
}
