package dev.pgai.contract.managed;

import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObjects;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All objects of a database's own schemas, looked up without a thought of pgai. */
public record DatabaseObjects(Set<Found> found) {

    private static final String OWN_SCHEMA = "n.nspname !~ '^pg_' and n.nspname <> 'information_schema'";

    private static final String QUERY = """
            select 'SCHEMA', n.nspname, n.nspname, null from pg_namespace n where %1$s
            union select case c.relkind when 'v' then 'VIEW' when 'm' then 'VIEW' when 'S' then 'SEQUENCE' else 'TABLE' end,
                n.nspname, c.relname, null
                from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'S') and %1$s
            union select 'COLUMN', n.nspname, a.attname, c.relname
                from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
                where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm') and %1$s
            union select 'INDEX', n.nspname, x.relname, c.relname
                from pg_index i join pg_class x on x.oid = i.indexrelid join pg_class c on c.oid = i.indrelid
                join pg_namespace n on n.oid = c.relnamespace where %1$s
            union select 'CONSTRAINT', n.nspname, k.conname, c.relname
                from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace where %1$s
            union select 'TRIGGER', n.nspname, t.tgname, c.relname
                from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
                where not t.tgisinternal and %1$s
            union select 'FUNCTION', n.nspname, p.proname, null
                from pg_proc p join pg_namespace n on n.oid = p.pronamespace where %1$s
            """.formatted(OWN_SCHEMA);

    public static DatabaseObjects take(Connection connection) throws SQLException {
        Set<Found> found = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                found.add(new Found(
                        Kind.valueOf(rows.getString(1)), rows.getString(2), rows.getString(3), rows.getString(4)));
            }
        }
        return new DatabaseObjects(found);
    }

    public static DatabaseObjects of(ManagedObjects objects) {
        return new DatabaseObjects(
                objects.list().stream().map(Found::of).collect(Collectors.toCollection(TreeSet::new)));
    }

    public DatabaseObjects without(DatabaseObjects others) {
        return where(object -> !others.found.contains(object));
    }

    public DatabaseObjects where(Predicate<Found> condition) {
        return new DatabaseObjects(found.stream().filter(condition).collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Asks for each object by itself. */
    public DatabaseObjects containedIn(ManagedObjects objects) {
        return where(object -> objects.contains(object.kind(), object.schema(), object.name(), object.table()));
    }

    /** One object, by what names it. */
    public record Found(
            Kind kind, String schema, String name, @Nullable String table) implements Comparable<Found> {

        static Found of(ManagedObject object) {
            return new Found(object.kind(), object.schema(), object.name(), object.table());
        }

        public boolean isIn(String schemaName) {
            return schema.equals(schemaName);
        }

        @Override
        public int compareTo(Found other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return kind + " " + schema + (table == null ? "" : " " + table) + " " + name;
        }
    }
}
