package dev.pgai.flyway;

import dev.pgai.vectorizer.RelationName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * An object outside the schemas that are cleaned, which goes with something in them.
 *
 * @param text its type and name, as the server says them
 * @param index whether it is an index
 * @param cause the type and name of what it depends on
 * @param extension whether that is an extension
 * @param schema where it is
 * @param relation the table or view that it is, or is of; null for others
 * @param trigger the name, when it is a trigger
 * @param embeddings whether embeddings are in it
 */
record DependentObject(
        String text,
        boolean index,
        String cause,
        boolean extension,
        String schema,
        @Nullable RelationName relation,
        @Nullable String trigger,
        boolean embeddings) {

    /**
     * Follows the dependencies, as {@code drop ... cascade} does, from what is in the cleaned schemas to what is not.
     * Members of an extension are dropped with it or not at all. An extension is dropped when the current user owns it,
     * or when its schema is dropped as a whole. A partition goes with the table that it is a part of.
     */
    private static final String QUERY = """
            with recursive cleaned as (
              select n.oid, n.nspname operator(pg_catalog.=) any (?) as dropped
              from pg_catalog.pg_namespace n
              where n.nspname operator(pg_catalog.=) any (?)
            ), gone (root_class, root, classid, objid, objsubid) as (
              select d.classid, d.objid, d.classid, d.objid, 0
              from cleaned c
              join pg_catalog.pg_depend d
                on d.refclassid operator(pg_catalog.=) 'pg_catalog.pg_namespace'::pg_catalog.regclass
                and d.refobjid operator(pg_catalog.=) c.oid
              where case when d.classid operator(pg_catalog.=) 'pg_catalog.pg_extension'::pg_catalog.regclass
                then c.dropped or exists (select from pg_catalog.pg_extension e
                  where e.oid operator(pg_catalog.=) d.objid
                    and pg_catalog.pg_get_userbyid(e.extowner) operator(pg_catalog.=) current_user)
                else not exists (select from pg_catalog.pg_depend m
                  where m.classid operator(pg_catalog.=) d.classid and m.objid operator(pg_catalog.=) d.objid
                    and m.deptype operator(pg_catalog.=) 'e') end
              union
              select g.root_class, g.root, x.classid, x.objid, x.objsubid
              from gone g
              cross join lateral (
                select d.classid, d.objid, d.objsubid
                from pg_catalog.pg_depend d
                where d.refclassid operator(pg_catalog.=) g.classid and d.refobjid operator(pg_catalog.=) g.objid
                  and (g.objsubid operator(pg_catalog.=) 0
                    or d.refobjsubid operator(pg_catalog.=) g.objsubid)
                union all
                select d.refclassid, d.refobjid, d.refobjsubid
                from pg_catalog.pg_depend d
                where d.classid operator(pg_catalog.=) g.classid and d.objid operator(pg_catalog.=) g.objid
                  and d.objsubid operator(pg_catalog.=) g.objsubid
                  and d.deptype operator(pg_catalog.=) any (array['e', 'i']::pg_catalog."char"[])
              ) x
            ), vectors (classid, objid, objsubid) as (
              select 'pg_catalog.pg_extension'::pg_catalog.regclass::pg_catalog.oid, e.oid, 0
              from pg_catalog.pg_extension e
              where e.extname operator(pg_catalog.=) 'vector'
              union
              select d.classid, d.objid, d.objsubid
              from vectors v
              join pg_catalog.pg_depend d
                on d.refclassid operator(pg_catalog.=) v.classid and d.refobjid operator(pg_catalog.=) v.objid
                and (v.objsubid operator(pg_catalog.=) 0 or d.refobjsubid operator(pg_catalog.=) v.objsubid)
            )
            select
              o.type, o.identity, r.type as root_type, r.identity as root, n.nspname, c.relname, t.tgname,
              c.relkind operator(pg_catalog.=) any (array['r', 'p']::pg_catalog."char"[])
                and i.indexrelid is null and t.oid is null
                and exists (select from vectors v
                  where v.classid operator(pg_catalog.=) g.classid and v.objid operator(pg_catalog.=) g.objid
                    and v.objsubid operator(pg_catalog.>) 0
                    and (g.objsubid operator(pg_catalog.=) 0
                      or v.objsubid operator(pg_catalog.=) g.objsubid)) as embeddings
            from gone g
            left join pg_catalog.pg_index i
              on g.classid operator(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
              and i.indexrelid operator(pg_catalog.=) g.objid
            left join pg_catalog.pg_trigger t
              on g.classid operator(pg_catalog.=) 'pg_catalog.pg_trigger'::pg_catalog.regclass
              and t.oid operator(pg_catalog.=) g.objid and not t.tgisinternal
            left join pg_catalog.pg_class c
              on c.oid operator(pg_catalog.=) coalesce(i.indrelid, t.tgrelid,
                case when g.classid operator(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
                  then g.objid end)
            left join pg_catalog.pg_proc p
              on g.classid operator(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
              and p.oid operator(pg_catalog.=) g.objid
            join pg_catalog.pg_namespace n
              on n.oid operator(pg_catalog.=) coalesce(c.relnamespace, p.pronamespace)
            cross join lateral pg_catalog.pg_identify_object(g.classid, g.objid, g.objsubid) o
            cross join lateral pg_catalog.pg_identify_object(g.root_class, g.root, 0) r
            where not exists (select from cleaned s where s.oid operator(pg_catalog.=) n.oid)
              and not (g.objsubid operator(pg_catalog.=) 0 and exists (select from pg_catalog.pg_inherits h
                where h.inhrelid operator(pg_catalog.=) c.oid))
            order by o.identity, r.identity
            """;

    static List<DependentObject> read(Connection connection, CleanedSchemas cleaned) {
        List<DependentObject> objects = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setArray(
                    1, connection.createArrayOf("text", cleaned.created().toArray()));
            statement.setArray(
                    2, connection.createArrayOf("text", cleaned.names().toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    objects.add(of(row));
                }
            }
            return objects;
        } catch (SQLException e) {
            throw new FlywayException("Cannot look what depends on the schemas that are cleaned: " + e.getMessage(), e);
        }
    }

    private static DependentObject of(ResultSet row) throws SQLException {
        String relation = row.getString("relname");
        return new DependentObject(
                row.getString("type") + " " + row.getString("identity"),
                row.getString("type").equals("index"),
                row.getString("root_type") + " " + row.getString("root"),
                row.getString("root_type").equals("extension"),
                row.getString("nspname"),
                relation == null ? null : RelationName.of(row.getString("nspname"), relation),
                row.getString("tgname"),
                row.getBoolean("embeddings"));
    }
}
