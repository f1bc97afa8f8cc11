package dev.pgai.hibernate;

import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObject.Reason;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.vectorizer.RelationName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hibernate.boot.Metadata;
import org.hibernate.mapping.Table;
import org.jspecify.annotations.Nullable;

/**
 * What the vectorizers of a database have made, and the tables of the mapping.
 *
 * @param managed what is pgai's
 * @param tables the tables of the mapping that are there
 * @param columns of both
 */
record VectorizerObjects(
        ManagedObjects managed,
        IdentityHashMap<Table, RelationName> tables,
        Map<RelationName, Map<String, ColumnType>> columns) {

    /** Of every store. The others are the source's key. */
    private static final Set<String> COLUMNS_OF_STORES = Set.of("embedding_uuid", "chunk_seq", "chunk", "embedding");

    private static final String COLUMNS = """
            select n.nspname, c.relname, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
                case when t.typname operator(pg_catalog.=) 'vector'::pg_catalog.name then a.atttypmod else -1 end
            from rows from (pg_catalog.unnest(?::pg_catalog.text[]), pg_catalog.unnest(?::pg_catalog.text[]))
                w (nspname, relname)
            join pg_catalog.pg_namespace n on n.nspname operator(pg_catalog.=) w.nspname::pg_catalog.name
            join pg_catalog.pg_class c on c.relnamespace operator(pg_catalog.=) n.oid
                and c.relname operator(pg_catalog.=) w.relname::pg_catalog.name
            join pg_catalog.pg_attribute a on a.attrelid operator(pg_catalog.=) c.oid
                and a.attnum operator(pg_catalog.>) 0 and not a.attisdropped
            join pg_catalog.pg_type t on t.oid operator(pg_catalog.=) a.atttypid
            order by c.oid, a.attnum
            """;

    /**
     * Of a column.
     *
     * @param name as the server writes it, such as {@code vector(768)}
     * @param dimensions of a vector; less than 1 for other types, and where the type has none
     */
    record ColumnType(String name, int dimensions) {}

    /**
     * Looks.
     *
     * @param settings of Hibernate
     */
    static VectorizerObjects of(Connection connection, Metadata metadata, Map<String, Object> settings)
            throws SQLException {
        ManagedObjects managed = StoredObjects.of(connection);
        IdentityHashMap<Table, RelationName> tables = new IdentityHashMap<>();
        for (MappedName name : MappedName.resolve(connection, MappedName.all(metadata, settings))) {
            if (name.mapped() instanceof Table table) {
                tables.put(table, RelationName.of(Objects.requireNonNull(name.schema()), name.name()));
            }
        }
        Set<RelationName> relations = new HashSet<>(tables.values());
        managed.list().stream()
                .filter(object -> object.kind() == Kind.TABLE && object.reason() == Reason.STORE)
                .forEach(object -> relations.add(RelationName.of(object.schema(), object.name())));
        return new VectorizerObjects(managed, tables, columns(connection, List.copyOf(relations)));
    }

    private static Map<RelationName, Map<String, ColumnType>> columns(
            Connection connection, List<RelationName> relations) throws SQLException {
        Map<RelationName, Map<String, ColumnType>> columns = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text", relations.stream().map(RelationName::schema).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", relations.stream().map(RelationName::name).toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.computeIfAbsent(
                                    RelationName.of(rows.getString(1), rows.getString(2)),
                                    relation -> new LinkedHashMap<>())
                            .put(rows.getString(3), new ColumnType(rows.getString(4), rows.getInt(5)));
                }
            }
        }
        return columns;
    }

    Map<String, ColumnType> columnsOf(RelationName relation) {
        return columns.getOrDefault(relation, Map.of());
    }

    /** Whether a table or view is pgai's. */
    boolean isManaged(RelationName relation) {
        return managed.containsRelation(relation.schema(), relation.name());
    }

    /** Store, view, or what either was before a drop that kept it. */
    Optional<ManagedObject> embeddingsAt(RelationName relation) {
        return managed.list().stream()
                .filter(object -> object.schema().equals(relation.schema())
                        && object.name().equals(relation.name())
                        && (object.kind() == Kind.TABLE || object.kind() == Kind.VIEW)
                        && (object.reason() == Reason.STORE
                                || object.reason() == Reason.VIEW
                                || object.reason() == Reason.KEPT))
                .findFirst();
    }

    /** The columns of a table that vectorizers write to. */
    List<ManagedObject> destinationColumnsOf(RelationName table) {
        return managed.list().stream()
                .filter(object -> object.kind() == Kind.COLUMN
                        && object.reason() == Reason.EMBEDDING_COLUMN
                        && object.schema().equals(table.schema())
                        && table.name().equals(object.table()))
                .toList();
    }

    /** What a vectorizer reads; null where its triggers are gone. */
    @Nullable
    RelationName sourceOf(@Nullable String vectorizer) {
        return managed.list().stream()
                .filter(object -> object.reason() == Reason.SOURCE_TRIGGER
                        && vectorizer != null
                        && vectorizer.equals(object.vectorizer()))
                .map(object -> RelationName.of(object.schema(), Objects.requireNonNull(object.table())))
                .findFirst()
                .orElse(null);
    }

    /** The stores of vectorizers, by vectorizer. */
    Map<String, RelationName> stores() {
        Map<String, RelationName> stores = new LinkedHashMap<>();
        for (ManagedObject object : managed.list()) {
            if (object.kind() == Kind.TABLE && object.reason() == Reason.STORE && object.vectorizer() != null) {
                stores.put(object.vectorizer(), RelationName.of(object.schema(), object.name()));
            }
        }
        return stores;
    }

    /** The columns of a store that have the key of the source; empty when it is not known. */
    List<String> keyIn(@Nullable RelationName store) {
        return store == null
                ? List.of()
                : columnsOf(store).keySet().stream()
                        .filter(column -> !COLUMNS_OF_STORES.contains(column))
                        .toList();
    }
}
