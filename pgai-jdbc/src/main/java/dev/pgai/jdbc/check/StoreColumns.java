package dev.pgai.jdbc.check;

import dev.pgai.jdbc.catalog.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
     * @param keys the columns of its unique keys
     * @param key that of the source, or none when it is not known
     * @return each half a sentence that goes on after the relation
     */
    public static List<String> wrong(
            char kind, List<Column> columns, List<List<String>> keys, List<Column> key, int dimensions) {
        if (kind != 'r' && kind != 'p') {
            return List.of("is " + RelationKinds.name(kind));
        }
        StoreColumns store = new StoreColumns(columns);
        store.check("embedding_uuid", column -> column.type().equals("uuid"), "uuid");
        key.forEach(column -> store.check(column.name(), column::sameType, column.fullType()));
        store.check("chunk_seq", column -> column.type().equals("integer"), "integer");
        store.check("chunk", column -> column.type().equals("text"), "text");
        store.check("embedding", column -> column.takesVectors(dimensions), "vector(" + dimensions + ")");
        if (!key.isEmpty()) {
            store.checkWritten(key);
            store.checkKeys(keys, key);
        }
        return store.wrong;
    }

    /** A worker inserts the key, the chunk and its embedding, and nothing else. */
    private void checkWritten(List<Column> key) {
        List<String> written = Stream.concat(
                        key.stream().map(Column::name), Stream.of("chunk_seq", "chunk", "embedding"))
                .toList();
        for (Column column : columns) {
            boolean known = written.contains(column.name());
            if (known && column.generated()) {
                wrong.add("has " + column.name() + " as a generated column");
            } else if (!known && column.required()) {
                wrong.add("has " + column.name() + " without a default, which must not be null and no worker fills");
            }
        }
    }

    private void checkKeys(List<List<String>> keys, List<Column> key) {
        List<String> chunks = Stream.concat(key.stream().map(Column::name), Stream.of("chunk_seq"))
                .toList();
        for (List<String> unique : List.of(List.of("embedding_uuid"), chunks)) {
            if (keys.stream().noneMatch(there -> there.size() == unique.size() && there.containsAll(unique))) {
                wrong.add("has no unique key on " + String.join(", ", unique));
            }
        }
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
