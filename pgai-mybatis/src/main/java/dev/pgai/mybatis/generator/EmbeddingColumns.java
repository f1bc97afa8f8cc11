package dev.pgai.mybatis.generator;

import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObject.Reason;
import dev.pgai.managed.ManagedObjects;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** The columns through which an embedding in a user's own table can be written. */
final class EmbeddingColumns {

    /** A partition has the column by the same name. A view may give it another, but its type stays. */
    private static final String QUERY = """
            with recursive written (relation, number, type) as (
              select c.oid, a.attnum, a.atttypid
              from rows from (pg_catalog.unnest(?), pg_catalog.unnest(?), pg_catalog.unnest(?))
                as d (schema, relation, name)
              join pg_catalog.pg_namespace n on n.nspname operator(pg_catalog.=) d.schema
              join pg_catalog.pg_class c
                on c.relnamespace operator(pg_catalog.=) n.oid and c.relname operator(pg_catalog.=) d.relation
              join pg_catalog.pg_attribute a
                on a.attrelid operator(pg_catalog.=) c.oid and a.attname operator(pg_catalog.=) d.name
              union
              select x.relation, x.number, x.type
              from written w
              cross join lateral (
                select i.inhrelid, a.attnum, a.atttypid
                from pg_catalog.pg_inherits i
                join pg_catalog.pg_attribute p
                  on p.attrelid operator(pg_catalog.=) w.relation and p.attnum operator(pg_catalog.=) w.number
                join pg_catalog.pg_attribute a
                  on a.attrelid operator(pg_catalog.=) i.inhrelid
                  and a.attname operator(pg_catalog.=) p.attname
                where i.inhparent operator(pg_catalog.=) w.relation
                union all
                select r.ev_class, a.attnum, a.atttypid
                from pg_catalog.pg_depend d
                join pg_catalog.pg_rewrite r on r.oid operator(pg_catalog.=) d.objid
                join pg_catalog.pg_attribute a
                  on a.attrelid operator(pg_catalog.=) r.ev_class
                  and a.atttypid operator(pg_catalog.=) w.type and a.attnum operator(pg_catalog.>) 0
                where d.classid operator(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass
                  and d.refclassid operator(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
                  and d.refobjid operator(pg_catalog.=) w.relation
                  and d.refobjsubid operator(pg_catalog.=) w.number
              ) as x (relation, number, type)
            )
            select n.nspname, c.relname, a.attname
            from written w
            join pg_catalog.pg_class c on c.oid operator(pg_catalog.=) w.relation
            join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.relnamespace
            join pg_catalog.pg_attribute a
              on a.attrelid operator(pg_catalog.=) w.relation and a.attnum operator(pg_catalog.=) w.number
            """;

    private final Set<List<String>> columns = new HashSet<>();

    private EmbeddingColumns() {}

    static EmbeddingColumns read(Connection connection, ManagedObjects objects) throws SQLException {
        List<ManagedObject> managed = objects.list().stream()
                .filter(object -> object.kind() == Kind.COLUMN && object.reason() == Reason.EMBEDDING_COLUMN)
                .toList();
        EmbeddingColumns columns = new EmbeddingColumns();
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            List<Function<ManagedObject, String>> parts = List.of(
                    ManagedObject::schema, object -> Objects.requireNonNull(object.table()), ManagedObject::name);
            for (int i = 0; i < parts.size(); i++) {
                statement.setArray(
                        i + 1,
                        connection.createArrayOf(
                                "text", managed.stream().map(parts.get(i)).toArray()));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.columns.add(List.of(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
        }
        return columns;
    }

    boolean contains(String schema, String table, String column) {
        return columns.contains(List.of(schema, table, column));
    }
}
