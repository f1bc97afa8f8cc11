package dev.pgai.jdbc;

/**
 * The one query for everything that is pgai's. It must not fail where pgai is missing or may not be read, or the
 * caller's transaction would be lost; and asking beforehand would be a second round trip.
 *
 * <p>A query that names {@code ai.vectorizer} is refused as a whole when that table is missing or may not be read, used
 * or not. So the query for its rows is a text that {@code ts_stat} runs, which takes one and which runs nothing when it
 * is null. Its rows come back as words: each name in hexadecimal, so that any name passes, with dots between them. 13
 * names of 63 bytes stay below the longest word that there may be, 2046 bytes.
 *
 * <p>All else is looked up in {@code pg_catalog}, which everybody may read, by the names that the catalog of pgai has.
 * A trigger counts by its name and its function, so that it is found on a source that was renamed, too, and on
 * partitions.
 */
final class ManagedObjectsQuery {

    /** The kind of the one row that is no object: the current schema, and how it stands with the catalog. */
    static final String STATE = "STATE";

    /** Each row but the state is an object: kind, schema, name, table, vectorizer, reason. */
    static final String SQL = """
            with recursive catalog as materialized (
                select has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select') as readable,
                    'name' = any (k.columns) and 'queue_failed_table' = any (k.columns) as known
                from pg_namespace n
                join pg_class c on c.relnamespace = n.oid and c.relname = 'vectorizer' and c.relkind = 'r'
                cross join lateral (select array_agg(a.attname) as columns from pg_attribute a
                    where a.attrelid = c.oid and not a.attisdropped) k
                where n.nspname = 'ai' and k.columns @> '{source_schema,source_table,trigger_name,queue_schema,queue_table,config}'
            ), vectorizer as materialized (
                select convert_from(decode(p[1], 'hex'), 'UTF8')::name as name,
                    convert_from(decode(p[2], 'hex'), 'UTF8')::name as source_schema,
                    convert_from(decode(p[3], 'hex'), 'UTF8')::name as source_table,
                    convert_from(decode(p[4], 'hex'), 'UTF8')::name as queue_schema,
                    convert_from(decode(p[5], 'hex'), 'UTF8')::name as queue_table,
                    convert_from(decode(p[6], 'hex'), 'UTF8')::name as queue_failed_table,
                    convert_from(decode(p[7], 'hex'), 'UTF8')::name as trigger_name,
                    convert_from(decode(p[8], 'hex'), 'UTF8')::name as target_schema,
                    convert_from(decode(p[9], 'hex'), 'UTF8')::name as target_table,
                    convert_from(decode(p[10], 'hex'), 'UTF8')::name as view_schema,
                    convert_from(decode(p[11], 'hex'), 'UTF8')::name as view_name,
                    convert_from(decode(p[12], 'hex'), 'UTF8')::name as embedding_column,
                    convert_from(decode(p[13], 'hex'), 'UTF8')::name as index_method
                from catalog
                cross join lateral ts_stat(case when readable and known then $q$
                    select array_to_tsvector(array[(
                        select string_agg(encode(convert_to(coalesce(part::text, ''), 'UTF8'), 'hex'), '.' order by position)
                        from unnest(array[name, source_schema, source_table, queue_schema, queue_table, queue_failed_table,
                            trigger_name, d ->> 'target_schema', d ->> 'target_table', d ->> 'view_schema', d ->> 'view_name',
                            d ->> 'embedding_column', config -> 'indexing' ->> 'implementation']::name[])
                            with ordinality p (part, position))])
                    from (select *, config -> 'destination' as d from ai.vectorizer) v
                    $q$ end) s
                cross join lateral string_to_array(s.word, '.') p
            ), owned as materialized (
                select c.oid, n.nspname, c.relname, c.relkind, v.name as vectorizer, o.reason
                from vectorizer v
                cross join lateral (values
                    ('STORE', v.target_schema, v.target_table),
                    ('VIEW', v.view_schema, v.view_name),
                    ('QUEUE', v.queue_schema, v.queue_table),
                    ('FAILED_QUEUE', v.queue_schema, v.queue_failed_table)) o (reason, nspname, relname)
                join pg_namespace n on n.nspname = o.nspname
                join pg_class c on c.relnamespace = n.oid and c.relname = o.relname
                    and case o.reason when 'VIEW' then c.relkind = 'v' else c.relkind in ('r', 'p') end
            ), relation as materialized (
                select * from owned
                union all
                select c.oid, n.nspname, c.relname, c.relkind, null, 'CATALOG'
                from catalog
                join pg_namespace n on n.nspname = 'ai'
                join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p', 'f', 'v', 'm')
                where c.oid not in (select oid from owned)
            ), function as materialized (
                select p.oid, n.nspname, p.proname, v.name as vectorizer
                from vectorizer v
                join pg_namespace n on n.nspname = v.queue_schema
                join pg_proc p on p.pronamespace = n.oid and p.proname = v.trigger_name and p.pronargs = 0
                    and p.prorettype = 'pg_catalog.trigger'::regtype
            ), source_trigger as materialized (
                select t.tgrelid, t.tgname, t.tgparentid, f.proname, f.vectorizer
                from function f
                join pg_trigger t on t.tgfoid = f.oid and not t.tgisinternal
                    and t.tgname in (f.proname, (f.proname || '_truncate')::name)
            ), embedded (relid, vectorizer, embedding_column, index_method) as (
                select coalesce(t.tgrelid, c.oid), v.name, v.embedding_column, v.index_method
                from vectorizer v
                left join source_trigger t on t.vectorizer = v.name and t.tgname = v.trigger_name and t.tgparentid = 0
                left join pg_namespace n on n.nspname = v.source_schema
                left join pg_class c on c.relnamespace = n.oid and c.relname = v.source_table and c.relkind in ('r', 'p', 'f')
                where v.embedding_column <> ''
                union
                select i.inhrelid, e.vectorizer, e.embedding_column, e.index_method
                from embedded e
                join pg_inherits i on i.inhparent = e.relid
            ), embedding as materialized (
                select n.nspname, c.oid, c.relname, a.attnum, a.attname, e.vectorizer, e.index_method
                from embedded e
                join pg_attribute a on a.attrelid = e.relid and a.attname = e.embedding_column and not a.attisdropped
                join pg_class c on c.oid = e.relid
                join pg_namespace n on n.oid = c.relnamespace
            )
            select 'STATE', current_schema(), coalesce((select case when not known then 'OLD' when readable then 'READ'
                else 'UNREADABLE' end from catalog), 'ABSENT'), null, null, null
            union all
            select 'SCHEMA', 'ai', 'ai', null, null, 'CATALOG' from catalog
            union all
            select case when relkind in ('v', 'm') then 'VIEW' else 'TABLE' end, nspname, relname, null, vectorizer, reason
            from relation
            union all
            select 'COLUMN', r.nspname, a.attname, r.relname, r.vectorizer, r.reason
            from relation r
            join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
            union all
            select 'INDEX', r.nspname, c.relname, r.relname, r.vectorizer, r.reason
            from relation r
            join pg_index i on i.indrelid = r.oid
            join pg_class c on c.oid = i.indexrelid
            union all
            select 'CONSTRAINT', r.nspname, k.conname, r.relname, r.vectorizer, r.reason
            from relation r
            join pg_constraint k on k.conrelid = r.oid
            union all
            select 'TRIGGER', r.nspname, t.tgname, r.relname, r.vectorizer, r.reason
            from relation r
            join pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
            union all
            select 'SEQUENCE', n.nspname, s.relname, null, r.vectorizer, r.reason
            from relation r
            join pg_depend d on d.refobjid = r.oid and d.refclassid = 'pg_catalog.pg_class'::regclass
                and d.classid = 'pg_catalog.pg_class'::regclass and d.deptype in ('a', 'i')
            join pg_class s on s.oid = d.objid and s.relkind = 'S'
            join pg_namespace n on n.oid = s.relnamespace
            union all
            select 'SEQUENCE', n.nspname, s.relname, null, null, 'CATALOG'
            from catalog
            join pg_namespace n on n.nspname = 'ai'
            join pg_class s on s.relnamespace = n.oid and s.relkind = 'S'
            union all
            select distinct 'FUNCTION', n.nspname, p.proname, null, null::name, 'CATALOG'
            from catalog
            join pg_namespace n on n.nspname = 'ai'
            join pg_proc p on p.pronamespace = n.oid
            union all
            select 'FUNCTION', nspname, proname, null, vectorizer, 'TRIGGER_FUNCTION' from function
            union all
            select 'TRIGGER', n.nspname, t.tgname, c.relname, t.vectorizer, 'SOURCE_TRIGGER'
            from source_trigger t
            join pg_class c on c.oid = t.tgrelid
            join pg_namespace n on n.oid = c.relnamespace
            union all
            select 'COLUMN', nspname, attname, relname, vectorizer, 'EMBEDDING_COLUMN' from embedding
            union all
            select 'INDEX', e.nspname, c.relname, e.relname, e.vectorizer, 'EMBEDDING_INDEX'
            from embedding e
            join pg_index i on i.indrelid = e.oid and i.indnkeyatts = 1 and i.indkey[0] = e.attnum
            join pg_class c on c.oid = i.indexrelid
            join pg_am m on m.oid = c.relam and m.amname = e.index_method
            """;

    private ManagedObjectsQuery() {}
}
