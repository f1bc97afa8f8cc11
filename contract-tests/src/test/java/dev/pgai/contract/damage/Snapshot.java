package dev.pgai.contract.damage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Everything about the objects of a database, a line each, without what has to do with the order of their making. */
public record Snapshot(List<String> lines) {

    private static final String OF = " n.nspname !~ '^pg_' and n.nspname <> 'information_schema' ";

    /** Columns by name: where a dropped one was, is no difference. */
    private static final String QUERY =
            """
            select format('relation %%s.%%s %%s owner %%s acl %%s options %%s persistence %%s', n.nspname, c.relname, c.relkind,
                c.relowner::regrole, %1$s, c.reloptions, c.relpersistence)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace where %2$s
            union all
            select format('column %%s.%%s %%s %%s notnull %%s default %%s storage %%s position %%s', n.nspname, c.relname,
                a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
                a.attstorage, row_number() over (partition by c.oid order by a.attnum))
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
            where a.attnum > 0 and not a.attisdropped and %2$s
            union all
            select format('constraint %%s.%%s %%s %%s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid))
            from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
            where %2$s
            union all
            select format('index %%s', pg_get_indexdef(i.indexrelid))
            from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace where %2$s
            union all
            select format('view %%s.%%s %%s', n.nspname, c.relname, pg_get_viewdef(c.oid))
            from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'v' and %2$s
            union all
            select format('trigger %%s enabled %%s', pg_get_triggerdef(t.oid), t.tgenabled)
            from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
            where not t.tgisinternal and %2$s
            union all
            select format('function %%s owner %%s acl %%s %%s', p.oid::regprocedure, p.proowner::regrole, p.proacl,
                pg_get_functiondef(p.oid))
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prokind in ('f', 'p') and %2$s
            union all
            select format('schema %%s acl %%s', n.nspname, n.nspacl) from pg_namespace n where %2$s
            union all
            select format('vectorizer %%s', to_jsonb(v)) from ai.vectorizer v
            order by 1
            """.formatted("(select array_agg(a::text order by a::text) from unnest(c.relacl) a)", OF);

    public static Snapshot of(Connection connection) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return new Snapshot(List.copyOf(lines));
    }
}
