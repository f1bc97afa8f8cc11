package dev.pgai.jdbc.inspect;

import dev.pgai.jdbc.catalog.Column;

/**
 * The part of a query for rows of {@code ai.vectorizer v} that looks up what there is of each. All of it is in
 * {@code pg_catalog}, which everybody may read, so that nothing fails for want of rights.
 *
 * <p>The ids come from an array, of which the planner thinks that it has ten elements: it then looks up each object by
 * its index, and does not compile the query, which would take longer than to run it.
 *
 * <p>{@code offset 0} keeps parts apart: in which order to join a dozen tables, the planner would think about for
 * longer than the query runs.
 */
public final class ObjectsQuery {

    /** The two triggers of a vectorizer. */
    private static final String TRIGGER = """
            t.tgrelid operator(pg_catalog.=) source.oid and t.tgname operator(pg_catalog.=) any (array[v.trigger_name,
            pg_catalog.concat(v.trigger_name, '_truncate')::pg_catalog.name])""";

    /** Whether a trigger fires for each row that is inserted, updated or deleted, or for a truncation. */
    private static final String COMPLETE = """
            (t.tgqual is null and t.tgattr::pg_catalog.text operator(pg_catalog.=) ''
            and t.tgtype operator(pg_catalog.=) case when t.tgname operator(pg_catalog.=) v.trigger_name
            then 29::pg_catalog.int2 else 32::pg_catalog.int2 end)""";

    /** The relations {@code d.refobjid} that a view's rule {@code r} reads. */
    private static final String OF_RULE = """
            d.classid operator(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass::pg_catalog.oid
            and d.objid operator(pg_catalog.=) r.oid
            and d.refclassid operator(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid""";

    /** Which objects there are, and whether the triggers fire: quickly, for thousands of vectorizers. */
    static final String OBJECTS =
            """
            source.oid::pg_catalog.int8 as source_id, source.relkind::pg_catalog.text as source_kind,
            queue.oid::pg_catalog.int8 as queue_id, queue.relkind::pg_catalog.text as queue_kind,
            failed.relkind::pg_catalog.text as failed_kind, store.relkind::pg_catalog.text as store_kind,
            shown.relkind::pg_catalog.text as view_kind,
            place.embedding_column is null or exists (select from pg_catalog.pg_attribute a
              where a.attrelid operator(pg_catalog.=) source.oid
              and a.attname operator(pg_catalog.=) place.embedding_column) as column_there,
            triggers.firing, case when triggers.firing operator(pg_catalog.<>) 2::pg_catalog.int8 then (
              select pg_catalog.count(distinct t.tgtype) from pg_catalog.pg_trigger t
              where t.tgrelid operator(pg_catalog.=) source.oid and t.tgfoid operator(pg_catalog.=) function.oid
              and t.tgqual is null and t.tgattr::pg_catalog.text operator(pg_catalog.=) ''
              and t.tgtype operator(pg_catalog.=) any (array[29, 32]::pg_catalog.int2[])
              and t.tgenabled operator(pg_catalog.=) any (array['O', 'A']::pg_catalog."char"[])) end
              as firing_under_any_name,
            case when triggers.firing operator(pg_catalog.<>) 2::pg_catalog.int8 then (
              select pg_catalog.json_agg(pg_catalog.json_build_array(t.tgname, t.tgenabled,
                t.tgfoid operator(pg_catalog.=) function.oid, {complete}))
              from pg_catalog.pg_trigger t where {trigger}) end as triggers,
            case when triggers.firing operator(pg_catalog.=) 0::pg_catalog.int8 then (
              select pg_catalog.json_build_array(n.nspname, c.relname)
              from pg_catalog.pg_depend d
              join pg_catalog.pg_trigger t on t.oid operator(pg_catalog.=) d.objid
                and t.tgname operator(pg_catalog.=) v.trigger_name
                and t.tgparentid operator(pg_catalog.=) 0::pg_catalog.oid
                and t.tgrelid operator(pg_catalog.<>) coalesce(source.oid, 0::pg_catalog.oid)
              join pg_catalog.pg_class c on c.oid operator(pg_catalog.=) t.tgrelid
              join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.relnamespace
              where d.refclassid operator(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid
              and d.refobjid operator(pg_catalog.=) function.oid
              and d.classid operator(pg_catalog.=) 'pg_catalog.pg_trigger'::pg_catalog.regclass::pg_catalog.oid
              limit 1) end as elsewhere,
            case when place.target_table is not null and store.oid is null then (
              select pg_catalog.json_build_array(n.nspname, c.relname)
              from (select d.classid, d.objid, d.refclassid, d.refobjid
                from pg_catalog.pg_class h
                join pg_catalog.pg_rewrite r on r.ev_class operator(pg_catalog.=) h.oid
                join pg_catalog.pg_depend d on {of_rule}
                where h.relname operator(pg_catalog.=) place.view_name::pg_catalog.name
                and h.relkind operator(pg_catalog.=) 'v'::pg_catalog."char"
                and (shown.oid is null or h.oid operator(pg_catalog.=) shown.oid) offset 0) d
              join pg_catalog.pg_class c on c.oid operator(pg_catalog.=) d.refobjid
                and c.relkind operator(pg_catalog.=) any (array['r', 'p']::pg_catalog."char"[])
              join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.relnamespace
              where exists (select from pg_catalog.pg_attribute a where a.attrelid operator(pg_catalog.=) c.oid
                and a.attname operator(pg_catalog.=) 'embedding_uuid'::pg_catalog.name offset 0)
              and exists (select from pg_catalog.pg_depend o
                join pg_catalog.pg_trigger t on t.tgrelid operator(pg_catalog.=) o.refobjid
                  and t.tgfoid operator(pg_catalog.=) function.oid
                where o.classid operator(pg_catalog.=) d.classid and o.objid operator(pg_catalog.=) d.objid
                and o.refclassid operator(pg_catalog.=) d.refclassid offset 0)
              limit 1) end as store_elsewhere,
            case when source.relkind operator(pg_catalog.=) 'p'::pg_catalog."char" then (
              select pg_catalog.min(t.tgrelid::pg_catalog.regclass::pg_catalog.text)
              from pg_catalog.pg_depend d
              join pg_catalog.pg_trigger t on t.oid operator(pg_catalog.=) d.objid
                and t.tgparentid operator(pg_catalog.<>) 0::pg_catalog.oid
                and t.tgenabled operator(pg_catalog.=) any (array['D', 'R']::pg_catalog."char"[])
              where d.refclassid operator(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid
              and d.refobjid operator(pg_catalog.=) function.oid
              and d.classid operator(pg_catalog.=) 'pg_catalog.pg_trigger'::pg_catalog.regclass::pg_catalog.oid
              ) end as partition_off,
            queue_schema.oid is not null as queue_schema_there, target_schema.oid is not null as target_schema_there,
            view_schema.oid is not null as view_schema_there
            """.replace("{trigger}", TRIGGER).replace("{complete}", COMPLETE).replace("{of_rule}", OF_RULE);

    /**
     * What the objects are like. Without quotes, because whether the catalog wrote them where none are needed depends
     * on the setting {@code quote_all_identifiers} of that day.
     */
    static final String DETAILS = """
            {source_columns} as source_columns,
            (select i.indkey::pg_catalog.text from pg_catalog.pg_index i
              where i.indrelid operator(pg_catalog.=) source.oid and i.indisprimary) as source_key,
            exists (select from pg_catalog.pg_subscription_rel s
              where s.srrelid operator(pg_catalog.=) source.oid) and exists (select from pg_catalog.pg_trigger t
              where {trigger} and t.tgenabled operator(pg_catalog.=) 'O'::pg_catalog."char") as misses_replication,
            pg_catalog.strpos(pg_catalog.replace(function.prosrc, '"', ''), pg_catalog.replace(pg_catalog.format('insert into %I.%I (%s)',
              coalesce(v.queue_schema, ''), coalesce(v.queue_table, ''),
              (select pg_catalog.string_agg(pg_catalog.format('%I',
                  coalesce(k operator(pg_catalog.->>) 'attname', '')), ', '
                  order by k operator(pg_catalog.->) 'attnum')
                from pg_catalog.jsonb_path_query(v.source_pk, '$[*]'::pg_catalog.jsonpath) k)), '"', ''))
              operator(pg_catalog.>) 0 as fills_queue,
            pg_catalog.strpos(pg_catalog.replace(function.prosrc, '"', ''), pg_catalog.replace(pg_catalog.format('delete from %I.%I where',
              coalesce(place.target_schema, ''), coalesce(place.target_table, '')), '"', ''))
              operator(pg_catalog.>) 0 as empties_store,
            {queue_columns} as queue_columns,
            {failed_columns} as failed_columns,
            {store_columns} as store_columns,
            {store_keys} as store_keys,
            {view_columns} as view_columns,
            (select pg_catalog.bool_or(d.refobjid operator(pg_catalog.=) source.oid) from pg_catalog.pg_rewrite r
              join pg_catalog.pg_depend d on {of_rule}
              where r.ev_class operator(pg_catalog.=) shown.oid) as reads_source,
            (select pg_catalog.bool_or(d.refobjid operator(pg_catalog.=) store.oid) from pg_catalog.pg_rewrite r
              join pg_catalog.pg_depend d on {of_rule}
              where r.ev_class operator(pg_catalog.=) shown.oid) as reads_store,
            case when coalesce(queue.relacl, failed.relacl) is not null then (
              select pg_catalog.json_agg(pg_catalog.json_build_array(u.name, part.what))
              from (select distinct a.grantee, pg_catalog.pg_get_userbyid(a.grantee) as name
                from pg_catalog.aclexplode(coalesce(queue.relacl, failed.relacl)) a
                where a.privilege_type operator(pg_catalog.=) 'INSERT'
                and a.grantee operator(pg_catalog.<>) coalesce(queue.relowner, failed.relowner)
                and a.grantee operator(pg_catalog.<>) 0::pg_catalog.oid) u
              cross join lateral (values
                ('SOURCE', pg_catalog.has_table_privilege(u.grantee, source.oid, 'select')),
                ('QUEUE', pg_catalog.has_table_privilege(u.grantee, queue.oid, 'select')
                  and pg_catalog.has_table_privilege(u.grantee, queue.oid, 'update')
                  and pg_catalog.has_table_privilege(u.grantee, queue.oid, 'delete')),
                ('FAILED_QUEUE', pg_catalog.has_table_privilege(u.grantee, failed.oid, 'insert')),
                ('STORE', pg_catalog.has_table_privilege(u.grantee, store.oid, 'select')
                  and pg_catalog.has_table_privilege(u.grantee, store.oid, 'insert')
                  and pg_catalog.has_table_privilege(u.grantee, store.oid, 'update')),
                ('VIEW', pg_catalog.has_table_privilege(u.grantee, shown.oid, 'select'))
              ) part (what, granted) where not part.granted) end as missing_grants
            """.replace("{trigger}", TRIGGER)
            .replace("{source_columns}", Column.ofRelation("source.oid"))
            .replace("{of_rule}", OF_RULE)
            .replace("{queue_columns}", Column.ofRelation("queue.oid"))
            .replace("{failed_columns}", Column.namesOfRelation("failed.oid"))
            .replace("{store_keys}", Column.keysOfRelation("store.oid"))
            .replace("{store_columns}", Column.ofRelation("store.oid"))
            .replace("{view_columns}", Column.namesOfRelation("shown.oid"));

    /** The tables that are named above, beside {@code v}. */
    private static final String JOINS = """
            cross join lateral (select
                pg_catalog.jsonb_extract_path_text(v.config, 'destination', 'target_schema') as target_schema,
                pg_catalog.jsonb_extract_path_text(v.config, 'destination', 'target_table') as target_table,
                pg_catalog.jsonb_extract_path_text(v.config, 'destination', 'view_schema') as view_schema,
                pg_catalog.jsonb_extract_path_text(v.config, 'destination', 'view_name') as view_name,
                pg_catalog.jsonb_extract_path_text(v.config, 'destination', 'embedding_column') as embedding_column
              offset 0) place
            """
            + namespace("source_schema", "v.source_schema")
            + namespace("queue_schema", "v.queue_schema")
            + namespace("target_schema", "place.target_schema")
            + namespace("view_schema", "place.view_schema")
            + relation("source", "source_schema", "v.source_table")
            + relation("queue", "queue_schema", "v.queue_table")
            + relation("failed", "queue_schema", "v.queue_failed_table")
            + relation("store", "target_schema", "place.target_table")
            + relation("shown", "view_schema", "place.view_name")
            + """
            left join lateral (select p.oid, p.prosrc from pg_catalog.pg_proc p
              where p.pronamespace operator(pg_catalog.=) queue_schema.oid
              and p.proname operator(pg_catalog.=) v.trigger_name
              and p.pronargs operator(pg_catalog.=) 0::pg_catalog.int2 offset 0) function on true
            cross join lateral (select pg_catalog.count(*) as firing from pg_catalog.pg_trigger t
              where {trigger} and {complete} and t.tgfoid operator(pg_catalog.=) function.oid
              and t.tgenabled operator(pg_catalog.=) any (array['O', 'A']::pg_catalog."char"[])) triggers
            """.replace("{trigger}", TRIGGER).replace("{complete}", COMPLETE);

    private ObjectsQuery() {}

    /**
     * The tables, for the rows of {@code ai.vectorizer v} that a restriction leaves.
     *
     * @param restriction such as {@code where v.name = ...}; empty for all
     */
    public static String from(String restriction) {
        return " from pg_catalog.unnest(array(select v.id from ai.vectorizer v " + restriction + ")) ids (id)"
                + " join ai.vectorizer v on v.id operator(pg_catalog.=) ids.id " + JOINS;
    }

    private static String namespace(String alias, String name) {
        return "left join lateral (select n.oid from pg_catalog.pg_namespace n where n.nspname operator(pg_catalog.=) "
                + name + " offset 0) " + alias + " on true ";
    }

    private static String relation(String alias, String namespace, String name) {
        return "left join lateral (select c.oid, c.relkind, c.relowner, c.relacl from pg_catalog.pg_class c"
                + " where c.relnamespace operator(pg_catalog.=) " + namespace
                + ".oid and c.relname operator(pg_catalog.=) " + name + " offset 0) " + alias + " on true ";
    }
}
