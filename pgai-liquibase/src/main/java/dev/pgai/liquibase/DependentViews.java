package dev.pgai.liquibase;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import liquibase.structure.DatabaseObject;
import liquibase.structure.core.Column;
import liquibase.structure.core.Schema;
import liquibase.structure.core.Table;
import liquibase.structure.core.View;
import org.jspecify.annotations.Nullable;

/** What the views of a database read. Liquibase knows a view by its text alone. */
final class DependentViews {

    private static final String SQL = """
            select distinct vn.nspname, v.relname, rn.nspname, r.relname, r.relkind, a.attname
            from pg_catalog.pg_depend d
            join pg_catalog.pg_rewrite w on w.oid operator(pg_catalog.=) d.objid
            join pg_catalog.pg_class v on v.oid operator(pg_catalog.=) w.ev_class
            join pg_catalog.pg_namespace vn on vn.oid operator(pg_catalog.=) v.relnamespace
            join pg_catalog.pg_class r on r.oid operator(pg_catalog.=) d.refobjid
                and r.oid operator(pg_catalog.<>) v.oid
            join pg_catalog.pg_namespace rn on rn.oid operator(pg_catalog.=) r.relnamespace
            left join pg_catalog.pg_attribute a on a.attrelid operator(pg_catalog.=) r.oid
                and a.attnum operator(pg_catalog.=) d.refobjsubid::pg_catalog.int2
                and d.refobjsubid operator(pg_catalog.>) 0
            where d.classid operator(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass::pg_catalog.oid
                and d.refclassid operator(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid
                and rn.nspname operator(pg_catalog.<>) 'pg_catalog'
                and rn.nspname operator(pg_catalog.<>) 'information_schema'
            """;

    private final Map<Name, Set<Needed>> reads = new HashMap<>();

    private DependentViews() {}

    /** Where no database can be asked. */
    static DependentViews unknown() {
        return new DependentViews();
    }

    static DependentViews of(Connection connection) throws SQLException {
        DependentViews views = new DependentViews();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SQL)) {
            while (rows.next()) {
                boolean isView = "v".equals(rows.getString(5));
                Name read = new Name(rows.getString(3), rows.getString(4));
                views.reads
                        .computeIfAbsent(new Name(rows.getString(1), rows.getString(2)), view -> new LinkedHashSet<>())
                        .add(new Needed(read, isView, rows.getString(6)));
            }
        }
        return views;
    }

    DependentViews and(DependentViews other) {
        DependentViews both = new DependentViews();
        reads.forEach((view, needed) -> both.reads.put(view, new LinkedHashSet<>(needed)));
        other.reads.forEach((view, needed) -> both.reads.merge(view, needed, (ours, theirs) -> {
            ours.addAll(theirs);
            return ours;
        }));
        return both;
    }

    /** What a view reads, through other views, too. */
    Set<Needed> neededBy(View view) {
        Set<Needed> needed = new LinkedHashSet<>();
        Set<Name> seen = new HashSet<>();
        Deque<Name> left = new ArrayDeque<>();
        if (view.getSchema() != null && view.getSchema().getName() != null && view.getName() != null) {
            left.add(new Name(view.getSchema().getName(), view.getName()));
        }
        while (!left.isEmpty()) {
            Name next = left.remove();
            if (seen.add(next)) {
                for (Needed read : reads.getOrDefault(next, Set.of())) {
                    needed.add(read);
                    left.add(read.relation());
                }
            }
        }
        return needed;
    }

    private record Name(String schema, String name) {}

    /**
     * A table, view or column that a view reads.
     *
     * @param column null for the table or view itself
     */
    record Needed(Name relation, boolean isView, @Nullable String column) {

        DatabaseObject object() {
            Schema schema = new Schema((String) null, relation.schema());
            liquibase.structure.core.Relation of = isView ? new View() : new Table();
            of.setName(relation.name());
            of.setSchema(schema);
            return column == null ? of : new Column(column).setRelation(of);
        }
    }
}
