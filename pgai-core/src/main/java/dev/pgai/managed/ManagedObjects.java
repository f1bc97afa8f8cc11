package dev.pgai.managed;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a database that belong to pgai: an answer for one object, and the list of all. Immutable.
 *
 * <p>Names are compared exactly, as PostgreSQL stores them: {@code Blog} is not {@code blog}, and a table of the same
 * name in another schema is another table. Everything on a managed table or view is managed, too, whoever made it and
 * whether it is listed or not: its columns, indexes, constraints and triggers. Everything in a managed schema is
 * managed.
 *
 * <p>Tools often leave the schema of an object out when it is the default one. A schema that is null or empty stands
 * for {@link #defaultSchema()}.
 */
public final class ManagedObjects {

    private static final String DEFAULT_SCHEMA = "public";

    private final List<ManagedObject> list;
    private final Map<String, Names> schemas;
    private final String defaultSchema;

    private ManagedObjects(List<ManagedObject> list, Map<String, Names> schemas, String defaultSchema) {
        this.list = list;
        this.schemas = schemas;
        this.defaultSchema = defaultSchema;
    }

    /**
     * Nothing: what a database without pgai has.
     *
     * @return a value that contains no object
     */
    public static ManagedObjects none() {
        return of(List.of());
    }

    /**
     * What definitions alone say, without a database: the schema {@code ai}, and for each definition its store with the
     * columns and the primary key that every store has, its view, the column of a column destination, the index that
     * was asked for, and the queue if it was named.
     *
     * <p>The catalog puts the vectorizer's id into the names of the other objects: the queue that was not named, the
     * queue of failed rows, the trigger function, and the triggers on the source. A definition has no id, and a pattern
     * like {@code _vectorizer_q_<digits>} would take a user's table for pgai's, so that these are contained only where
     * they are in schema {@code ai}. For triggers, and for a {@code queue_schema} other than {@code ai}, read the
     * catalog.
     *
     * @param definitions the definitions; with none of them the schema {@code ai} is left
     * @return the declared objects, with {@code public} as the default schema
     */
    public static ManagedObjects declared(Collection<VectorizerDefinition> definitions) {
        return of(DeclaredObjects.of(Check.each("definitions", definitions, Check::notNull)));
    }

    /**
     * The objects of a list. When the same object is in it more than once, the first that belongs to a vectorizer
     * counts, else the first.
     *
     * @param objects the objects, in any order
     * @return the objects, with {@code public} as the default schema
     */
    public static ManagedObjects of(Collection<ManagedObject> objects) {
        List<ManagedObject> sorted = new ArrayList<>(Check.each("objects", objects, Check::notNull));
        // The sort is stable: of those that are the same object, the first stays first.
        sorted.sort(ManagedObject.BY_NAME);
        List<ManagedObject> distinct = new ArrayList<>(sorted.size());
        for (ManagedObject object : sorted) {
            int last = distinct.size() - 1;
            if (last < 0 || ManagedObject.BY_NAME.compare(distinct.get(last), object) != 0) {
                distinct.add(object);
            } else if (distinct.get(last).vectorizer() == null && object.vectorizer() != null) {
                distinct.set(last, object);
            }
        }
        return new ManagedObjects(List.copyOf(distinct), Names.bySchema(distinct), DEFAULT_SCHEMA);
    }

    /**
     * All objects of both. For an object that is in both, vectorizer and reason are taken as by {@link #of}, this value
     * first.
     *
     * @param other the objects to add
     * @return the union, with the default schema of this value
     */
    public ManagedObjects union(ManagedObjects other) {
        return of(Stream.concat(list.stream(), other.list.stream()).toList()).withDefaultSchema(defaultSchema);
    }

    /**
     * The same objects with another default schema.
     *
     * @param schema what a schema that is null or empty stands for
     * @return a copy
     * @throws InvalidArgumentException when empty
     */
    public ManagedObjects withDefaultSchema(String schema) {
        if (schema.isEmpty()) {
            throw new InvalidArgumentException(
                    "schema",
                    schema,
                    "it must not be empty",
                    "Give the schema that the tool leaves out, often public.");
        }
        return new ManagedObjects(list, schemas, schema);
    }

    /**
     * What a schema that is null or empty stands for.
     *
     * @return a name; {@code public} unless the value was read from a connection with another current schema, or was
     *     given another by {@link #withDefaultSchema}
     */
    public String defaultSchema() {
        return defaultSchema;
    }

    /**
     * Whether an object is pgai's, for kinds that are on no table, and for indexes, whose names are unique in a schema.
     * The same as {@link #contains(Kind, String, String, String)} without a table.
     *
     * @param kind the object's kind
     * @param schema its schema, or null or empty for the default schema; not looked at for {@link Kind#SCHEMA}
     * @param name its name
     * @return whether it belongs to pgai
     */
    public boolean contains(Kind kind, @Nullable String schema, @Nullable String name) {
        return contains(kind, schema, name, null);
    }

    /**
     * Whether an object is pgai's. One or two hash look-ups.
     *
     * @param kind the object's kind
     * @param schema its schema, or null or empty for the default schema; not looked at for {@link Kind#SCHEMA}
     * @param name its name; a nameless object is pgai's only through its table or schema
     * @param table the table or view that it is on; not looked at for kinds that are on none. Null when it is not
     *     known: then an index is looked up by its own name, and a column, constraint or trigger is pgai's only if the
     *     whole schema is
     * @return whether it belongs to pgai
     */
    public boolean contains(Kind kind, @Nullable String schema, @Nullable String name, @Nullable String table) {
        if (kind == Kind.SCHEMA) {
            Names names = schemas.get(name);
            return names != null && names.whole;
        }
        Names names = names(schema);
        return names != null && (names.whole || names.contains(kind, name, table));
    }

    /**
     * Whether a table or view is pgai's, for tools that do not tell one from the other.
     *
     * @param schema its schema, or null or empty for the default schema
     * @param name its name
     * @return whether it belongs to pgai
     */
    public boolean containsRelation(@Nullable String schema, String name) {
        Names names = names(schema);
        return names != null && (names.whole || names.relations.contains(name));
    }

    private @Nullable Names names(@Nullable String schema) {
        return schemas.get(schema == null || schema.isEmpty() ? defaultSchema : schema);
    }

    /**
     * The objects that are known by name, each once, with the vectorizer that it belongs to and why it is pgai's. A
     * value that was read from a catalog lists everything that was there; a declared one lists what is known
     * beforehand.
     *
     * @return an unmodifiable list, sorted by schema, kind, table and name
     */
    public List<ManagedObject> list() {
        return list;
    }

    /**
     * Whether there is nothing of pgai.
     *
     * @return true when no object is contained
     */
    public boolean isEmpty() {
        return list.isEmpty();
    }

    /**
     * Equal when both list the same objects and have the same default schema.
     *
     * @param other anything
     * @return whether it is the same
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ManagedObjects objects
                && list.equals(objects.list)
                && defaultSchema.equals(objects.defaultSchema);
    }

    /**
     * Agrees with {@link #equals(Object)}.
     *
     * @return the hash code
     */
    @Override
    public int hashCode() {
        return Objects.hash(list, defaultSchema);
    }

    /**
     * For people.
     *
     * @return how many objects there are of each kind
     */
    @Override
    public String toString() {
        Map<Kind, Integer> counts = new TreeMap<>();
        list.forEach(object -> counts.merge(object.kind(), 1, Integer::sum));
        return "ManagedObjects" + counts;
    }

    /** The managed names of one schema. */
    private static final class Names {

        private boolean whole;
        private final Set<String> relations = new HashSet<>();
        private final Map<Kind, Set<String>> byKind = new EnumMap<>(Kind.class);
        private final Map<Kind, Map<String, Set<String>>> byTable = new EnumMap<>(Kind.class);

        static Map<String, Names> bySchema(List<ManagedObject> objects) {
            Map<String, Names> schemas = new HashMap<>();
            for (ManagedObject object : objects) {
                schemas.computeIfAbsent(object.schema(), schema -> new Names()).add(object);
            }
            for (ManagedObject object : objects) {
                schemas.computeIfPresent(object.schema(), (schema, names) -> names.addOnTable(object));
            }
            return schemas;
        }

        private void add(ManagedObject object) {
            whole |= object.kind() == Kind.SCHEMA;
            if (object.kind() == Kind.TABLE || object.kind() == Kind.VIEW) {
                relations.add(object.name());
            }
            if (!object.kind().isOnTable() || object.kind() == Kind.INDEX) {
                byKind.computeIfAbsent(object.kind(), kind -> new HashSet<>()).add(object.name());
            }
        }

        /** Most are on a table that is managed itself, which answers for them. */
        private Names addOnTable(ManagedObject object) {
            if (object.table() != null && !relations.contains(object.table())) {
                byTable.computeIfAbsent(object.kind(), kind -> new HashMap<>())
                        .computeIfAbsent(object.table(), table -> new HashSet<>())
                        .add(object.name());
            }
            return this;
        }

        boolean contains(Kind kind, @Nullable String name, @Nullable String table) {
            if (!kind.isOnTable() || (kind == Kind.INDEX && table == null)) {
                return byKind.getOrDefault(kind, Collections.emptySet()).contains(name);
            }
            return relations.contains(table)
                    || byTable.getOrDefault(kind, Collections.emptyMap())
                            .getOrDefault(table, Collections.emptySet())
                            .contains(name);
        }
    }
}
