package dev.pgai.jdbc.read;

/**
 * The one query for everything that is pgai's. It must not fail where pgai is missing or may not be read, or the
 * caller's transaction would be lost; and asking beforehand would be a second round trip.
 *
 * <p>A query that names {@code ai.vectorizer} is refused as a whole when that table is missing or may not be read, used
 * or not. So the query for its rows is a text that {@code ts_stat} runs, which takes one, and which runs nothing when
 * it is null. Its rows come back as words: each name in hexadecimal, so that any name passes, with dots between them.
 * 13 names of 63 bytes stay below the longest word that there may be, 2046 bytes.
 *
 * <p>All else is looked up in {@code pg_catalog}, which everybody may read, by the names that the catalog of pgai has.
 * A trigger counts by its name and its function, so that it is found on a source that was renamed, too, and on
 * partitions. An embedding column counts when it is a {@code vector}: the catalog takes over a column of any type that
 * is there already, and that one the user made.
 *
 * <p>What a drop kept, and what is left of a vectorizer whose row is gone, is told by its form: a store by its columns
 * and keys, its view by the four columns that come first and the two tables that it reads, queues and functions by the
 * names that pgai gives them and a part of what is in them.
 *
 * <p>What is none of those is {@code not (... = any (...))}, which the server looks up in a hash table. With {@code not
 * exists} it compares each with each where it expects few of them, and it has no idea how many there are.
 *
 * <p>What is looked up for each object by an index is {@code lateral} with {@code offset 0}: most tables of a large
 * schema are the user's, and the server would read all of {@code pg_class} and {@code pg_attribute}.
 *
 * <p>Every name is qualified, operators included: with a search path like "mine, pg_catalog" others come first.
 * {@code in} and {@code case x when} stand for an operator, too.
 */
final class ManagedObjectsQuery {

    /** The kind of the one row that is no object: the current schema, how it stands with the catalog, the database. */
    static final String STATE = "STATE";

    /** Each row but the state is an object: kind, schema, name, table, vectorizer, reason. */
    static final String SQL = """
            with recursive catalog as materialized (
                select pg_catalog.has_schema_privilege(n.oid, 'usage') and pg_catalog.has_table_privilege(c.oid, 'select') as readable,
                    k.columns operator(pg_catalog.@>) array['name', 'queue_failed_table']::pg_catalog.name[] as known
                from pg_catalog.pg_namespace n
                join pg_catalog.pg_class c on c.relnamespace operator(pg_catalog.=) n.oid
                    and c.relname operator(pg_catalog.=) 'vectorizer' and c.relkind operator(pg_catalog.=) 'r'
                cross join lateral (select pg_catalog.array_agg(a.attname) as columns from pg_catalog.pg_attribute a
                    where a.attrelid operator(pg_catalog.=) c.oid and not a.attisdropped) k
                where n.nspname operator(pg_catalog.=) 'ai' and k.columns operator(pg_catalog.@>) array['source_schema', 'source_table',
                    'trigger_name', 'queue_schema', 'queue_table', 'config']::pg_catalog.name[]
            ), word as materialized (
                select pg_catalog.string_to_array(a.word, '.') as hex
                from pg_catalog.unnest(array(select s.word
                from catalog
                cross join lateral pg_catalog.ts_stat(case when readable and known then $q$
                    select pg_catalog.array_to_tsvector(array[(
                        select pg_catalog.string_agg(pg_catalog.encode(pg_catalog.convert_to(
                            coalesce(part::pg_catalog.text, ''), 'UTF8'), 'hex'), '.' order by position)
                        from pg_catalog.unnest(array[v.name, v.source_schema, v.source_table, v.queue_schema, v.queue_table,
                            v.queue_failed_table, v.trigger_name,
                            d operator(pg_catalog.->>) 'target_schema', d operator(pg_catalog.->>) 'target_table',
                            d operator(pg_catalog.->>) 'view_schema', d operator(pg_catalog.->>) 'view_name',
                            d operator(pg_catalog.->>) 'embedding_column',
                            v.config operator(pg_catalog.->) 'indexing' operator(pg_catalog.->>) 'implementation'
                            ]::pg_catalog.name[]) with ordinality p (part, position))])
                    from ai.vectorizer v
                    cross join lateral (select v.config operator(pg_catalog.->) 'destination') x (d)
                    $q$ end) s)) a (word)
            ), vectorizer as materialized (
                select pg_catalog.convert_from(pg_catalog.decode(hex[1], 'hex'), 'UTF8')::pg_catalog.name as name,
                    pg_catalog.convert_from(pg_catalog.decode(hex[2], 'hex'), 'UTF8')::pg_catalog.name as source_schema,
                    pg_catalog.convert_from(pg_catalog.decode(hex[3], 'hex'), 'UTF8')::pg_catalog.name as source_table,
                    pg_catalog.convert_from(pg_catalog.decode(hex[4], 'hex'), 'UTF8')::pg_catalog.name as queue_schema,
                    pg_catalog.convert_from(pg_catalog.decode(hex[5], 'hex'), 'UTF8')::pg_catalog.name as queue_table,
                    pg_catalog.convert_from(pg_catalog.decode(hex[6], 'hex'), 'UTF8')::pg_catalog.name as queue_failed_table,
                    pg_catalog.convert_from(pg_catalog.decode(hex[7], 'hex'), 'UTF8')::pg_catalog.name as trigger_name,
                    pg_catalog.convert_from(pg_catalog.decode(hex[8], 'hex'), 'UTF8')::pg_catalog.name as target_schema,
                    pg_catalog.convert_from(pg_catalog.decode(hex[9], 'hex'), 'UTF8')::pg_catalog.name as target_table,
                    pg_catalog.convert_from(pg_catalog.decode(hex[10], 'hex'), 'UTF8')::pg_catalog.name as view_schema,
                    pg_catalog.convert_from(pg_catalog.decode(hex[11], 'hex'), 'UTF8')::pg_catalog.name as view_name,
                    pg_catalog.convert_from(pg_catalog.decode(hex[12], 'hex'), 'UTF8')::pg_catalog.name as embedding_column,
                    pg_catalog.convert_from(pg_catalog.decode(hex[13], 'hex'), 'UTF8')::pg_catalog.name as index_method
                from word
            ), owned as materialized (
                select c.oid, n.nspname, c.relname, c.relkind, v.name as vectorizer, o.reason
                from vectorizer v
                cross join lateral (values
                    ('STORE', v.target_schema, v.target_table, array['r', 'p']),
                    ('VIEW', v.view_schema, v.view_name, array['v']),
                    ('QUEUE', v.queue_schema, v.queue_table, array['r', 'p']),
                    ('FAILED_QUEUE', v.queue_schema, v.queue_failed_table, array['r', 'p'])) o (reason, nspname, relname, relkinds)
                join pg_catalog.pg_namespace n on n.nspname operator(pg_catalog.=) o.nspname
                cross join lateral (select k.oid, k.relname, k.relkind from pg_catalog.pg_class k
                    where k.relnamespace operator(pg_catalog.=) n.oid and k.relname operator(pg_catalog.=) o.relname offset 0) c
                where c.relkind operator(pg_catalog.=) any (o.relkinds::pg_catalog."char"[])
            ), kept_store as materialized (
                select c.oid, n.nspname, c.relname, c.relkind
                from pg_catalog.pg_attribute u
                join pg_catalog.pg_class c on c.oid operator(pg_catalog.=) u.attrelid
                    and c.relkind operator(pg_catalog.=) any (array['r', 'p']::pg_catalog."char"[])
                join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.relnamespace
                where u.attname operator(pg_catalog.=) 'embedding_uuid' and u.atthasdef and not u.attisdropped
                    and u.atttypid operator(pg_catalog.=) 'pg_catalog.uuid'::pg_catalog.regtype::pg_catalog.oid
                    and not (c.oid operator(pg_catalog.=) any (select o.oid from owned o))
                    and exists (select from pg_catalog.pg_index i where i.indrelid operator(pg_catalog.=) c.oid and i.indisprimary
                        and i.indnkeyatts operator(pg_catalog.=) 1::pg_catalog.int2 and i.indkey[0] operator(pg_catalog.=) u.attnum)
                    and exists (select from pg_catalog.pg_attribute s
                        join pg_catalog.pg_index i on i.indrelid operator(pg_catalog.=) s.attrelid and i.indisunique
                            and i.indnkeyatts operator(pg_catalog.>) 1::pg_catalog.int2
                            and i.indkey[i.indnkeyatts operator(pg_catalog.-) 1::pg_catalog.int2] operator(pg_catalog.=) s.attnum
                        where s.attrelid operator(pg_catalog.=) c.oid and s.attname operator(pg_catalog.=) 'chunk_seq'
                        and s.atttypid operator(pg_catalog.=) 'pg_catalog.int4'::pg_catalog.regtype::pg_catalog.oid)
                    and exists (select from pg_catalog.pg_attribute s where s.attrelid operator(pg_catalog.=) c.oid
                        and s.attname operator(pg_catalog.=) 'chunk'
                        and s.atttypid operator(pg_catalog.=) 'pg_catalog.text'::pg_catalog.regtype::pg_catalog.oid)
                    and exists (select from pg_catalog.pg_attribute s
                        join pg_catalog.pg_type y on y.oid operator(pg_catalog.=) s.atttypid
                            and y.typname operator(pg_catalog.=) 'vector'::pg_catalog.name
                        where s.attrelid operator(pg_catalog.=) c.oid and s.attname operator(pg_catalog.=) 'embedding')
            ), kept as materialized (
                select oid, nspname, relname, relkind from kept_store
                union all
                select distinct c.oid, n.nspname, c.relname, c.relkind
                from kept_store k
                join pg_catalog.pg_depend d on d.refobjid operator(pg_catalog.=) k.oid
                    and d.refclassid operator(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid
                    and d.classid operator(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass::pg_catalog.oid
                join pg_catalog.pg_rewrite r on r.oid operator(pg_catalog.=) d.objid
                join pg_catalog.pg_class c on c.oid operator(pg_catalog.=) r.ev_class and c.relkind operator(pg_catalog.=) 'v'
                join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.relnamespace
                where not (c.oid operator(pg_catalog.=) any (select o.oid from owned o))
                    and (select pg_catalog.array_agg(a.attname order by a.attnum) from pg_catalog.pg_attribute a
                        where a.attrelid operator(pg_catalog.=) c.oid
                        and a.attnum operator(pg_catalog.>) 0::pg_catalog.int2 and a.attnum operator(pg_catalog.<) 5::pg_catalog.int2)
                        operator(pg_catalog.=) array['embedding_uuid', 'chunk_seq', 'chunk', 'embedding']::pg_catalog.name[]
                    and (select pg_catalog.count(distinct o.refobjid) from pg_catalog.pg_depend o
                        where o.classid operator(pg_catalog.=) d.classid and o.objid operator(pg_catalog.=) r.oid
                        and o.refclassid operator(pg_catalog.=) d.refclassid and o.refobjid operator(pg_catalog.<>) c.oid)
                        operator(pg_catalog.=) 2::pg_catalog.int8
                union all
                select c.oid, n.nspname, c.relname, c.relkind
                from pg_catalog.pg_class c
                join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.relnamespace
                    and n.nspname operator(pg_catalog.<>) 'ai'
                where c.relname operator(pg_catalog.~) '^_vectorizer_q_'
                    and c.relkind operator(pg_catalog.=) any (array['r', 'p']::pg_catalog."char"[])
                    and case when c.oid operator(pg_catalog.=) any (select o.oid from owned o) then false
                        else c.relname operator(pg_catalog.~) '^_vectorizer_q_(failed_)?[0-9]+$' end
                    and exists (select from pg_catalog.pg_attribute a where a.attrelid operator(pg_catalog.=) c.oid
                        and a.attname operator(pg_catalog.=) any (array['loading_retry_after', 'failure_step']::pg_catalog.name[]))
            ), relation as materialized (
                select * from owned
                union all
                select oid, nspname, relname, relkind, null, 'KEPT' from kept
                union all
                select c.oid, n.nspname, c.relname, c.relkind, null, 'CATALOG'
                from catalog
                join pg_catalog.pg_namespace n on n.nspname operator(pg_catalog.=) 'ai'
                join pg_catalog.pg_class c on c.relnamespace operator(pg_catalog.=) n.oid
                    and c.relkind operator(pg_catalog.=) any (array['r', 'p', 'f', 'v', 'm']::pg_catalog."char"[])
                where not (c.oid operator(pg_catalog.=) any (select o.oid from owned o))
            ), function as materialized (
                select p.oid, n.nspname, p.proname, v.name as vectorizer, v.embedding_column, v.index_method
                from vectorizer v
                join pg_catalog.pg_namespace n on n.nspname operator(pg_catalog.=) v.queue_schema
                join pg_catalog.pg_proc p on p.pronamespace operator(pg_catalog.=) n.oid
                    and p.proname operator(pg_catalog.=) v.trigger_name and p.pronargs operator(pg_catalog.=) 0::pg_catalog.int2
                    and p.prorettype operator(pg_catalog.=) 'pg_catalog.trigger'::pg_catalog.regtype::pg_catalog.oid
            ), any_function as materialized (
                select oid, nspname, proname, vectorizer, embedding_column, index_method, 'TRIGGER_FUNCTION' as reason,
                    'SOURCE_TRIGGER' as trigger_reason
                from function
                union all
                select p.oid, n.nspname, p.proname, null, null, null, 'KEPT', 'KEPT'
                from pg_catalog.pg_proc p
                join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) p.pronamespace
                where p.proname operator(pg_catalog.~) '^_vectorizer_src_trg_'
                    and p.pronargs operator(pg_catalog.=) 0::pg_catalog.int2
                    and p.prorettype operator(pg_catalog.=) 'pg_catalog.trigger'::pg_catalog.regtype::pg_catalog.oid
                    and case when p.oid operator(pg_catalog.=) any (select f.oid from function f) then false
                        else p.proname operator(pg_catalog.~) '^_vectorizer_src_trg_[0-9]+$'
                            and p.prosrc operator(pg_catalog.~) 'insert into [^(]+[.][^(]+ [(]' end
            ), source_trigger as materialized (
                select t.tgrelid, t.tgname, t.tgparentid, f.proname, f.vectorizer, f.embedding_column, f.index_method,
                    f.trigger_reason as reason
                from any_function f
                cross join lateral (select d.objid from pg_catalog.pg_depend d
                    where d.refclassid operator(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid
                    and d.refobjid operator(pg_catalog.=) f.oid offset 0) d
                join pg_catalog.pg_trigger t on t.oid operator(pg_catalog.=) d.objid
                    and t.tgfoid operator(pg_catalog.=) f.oid and not t.tgisinternal
                    and t.tgname operator(pg_catalog.=) any (array[f.proname,
                        pg_catalog.concat(f.proname, '_truncate')::pg_catalog.name])
            ), embedded (relid, vectorizer, embedding_column, index_method) as (
                select found.relid, found.vectorizer, found.embedding_column, found.index_method
                from (
                    select t.tgrelid, t.vectorizer, t.embedding_column, t.index_method
                    from source_trigger t
                    where t.tgname operator(pg_catalog.=) t.proname and t.tgparentid operator(pg_catalog.=) 0::pg_catalog.oid
                    union all
                    select c.oid, v.name, v.embedding_column, v.index_method
                    from vectorizer v
                    join pg_catalog.pg_namespace n on n.nspname operator(pg_catalog.=) v.source_schema
                    join pg_catalog.pg_class c on c.relnamespace operator(pg_catalog.=) n.oid
                        and c.relname operator(pg_catalog.=) v.source_table
                    where not (v.name operator(pg_catalog.=) any (select t.vectorizer from source_trigger t
                        where t.vectorizer is not null and t.tgname operator(pg_catalog.=) t.proname
                        and t.tgparentid operator(pg_catalog.=) 0::pg_catalog.oid))
                ) found (relid, vectorizer, embedding_column, index_method)
                where found.embedding_column operator(pg_catalog.<>) ''::pg_catalog.name
                union
                select i.inhrelid, e.vectorizer, e.embedding_column, e.index_method
                from embedded e
                join pg_catalog.pg_inherits i on i.inhparent operator(pg_catalog.=) e.relid
            ), embedding as materialized (
                select n.nspname, c.oid, c.relname, a.attnum, a.attname, e.vectorizer, e.index_method
                from embedded e
                join pg_catalog.pg_attribute a on a.attrelid operator(pg_catalog.=) e.relid
                    and a.attname operator(pg_catalog.=) e.embedding_column and not a.attisdropped
                join pg_catalog.pg_type y on y.oid operator(pg_catalog.=) a.atttypid
                    and y.typname operator(pg_catalog.=) 'vector'::pg_catalog.name
                join pg_catalog.pg_class c on c.oid operator(pg_catalog.=) e.relid
                join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.relnamespace
            )
            select 'STATE', pg_catalog.current_schema(), coalesce((select case when not known then 'OLD' when readable then 'READ'
                else 'UNREADABLE' end from catalog), 'ABSENT'), pg_catalog.current_database(), null, null
            union all
            select 'SCHEMA', 'ai', 'ai', null, null, 'CATALOG' from catalog
            union all
            select case when relkind operator(pg_catalog.=) any (array['v', 'm']::pg_catalog."char"[]) then 'VIEW' else 'TABLE' end,
                nspname, relname, null, vectorizer, reason
            from relation
            union all
            select 'COLUMN', r.nspname, a.attname, r.relname, r.vectorizer, r.reason
            from relation r
            cross join lateral (select l.attname from pg_catalog.pg_attribute l where l.attrelid operator(pg_catalog.=) r.oid
                and l.attnum operator(pg_catalog.>) 0::pg_catalog.int2 and not l.attisdropped offset 0) a
            union all
            select 'INDEX', r.nspname, c.relname, r.relname, r.vectorizer, r.reason
            from relation r
            join pg_catalog.pg_index i on i.indrelid operator(pg_catalog.=) r.oid
            join pg_catalog.pg_class c on c.oid operator(pg_catalog.=) i.indexrelid
            union all
            select 'CONSTRAINT', r.nspname, k.conname, r.relname, r.vectorizer, r.reason
            from relation r
            join pg_catalog.pg_constraint k on k.conrelid operator(pg_catalog.=) r.oid
            union all
            select 'TRIGGER', r.nspname, t.tgname, r.relname, r.vectorizer, r.reason
            from relation r
            join pg_catalog.pg_trigger t on t.tgrelid operator(pg_catalog.=) r.oid and not t.tgisinternal
            union all
            select 'SEQUENCE', n.nspname, s.relname, null, r.vectorizer, r.reason
            from relation r
            join pg_catalog.pg_depend d on d.refobjid operator(pg_catalog.=) r.oid
                and d.refclassid operator(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid
                and d.classid operator(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid
                and d.deptype operator(pg_catalog.=) any (array['a', 'i']::pg_catalog."char"[])
            join pg_catalog.pg_class s on s.oid operator(pg_catalog.=) d.objid and s.relkind operator(pg_catalog.=) 'S'
            join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) s.relnamespace
            union all
            select 'SEQUENCE', n.nspname, s.relname, null, null, 'CATALOG'
            from catalog
            join pg_catalog.pg_namespace n on n.nspname operator(pg_catalog.=) 'ai'
            join pg_catalog.pg_class s on s.relnamespace operator(pg_catalog.=) n.oid and s.relkind operator(pg_catalog.=) 'S'
            union all
            select 'FUNCTION', n.nspname, p.proname, null, null, 'CATALOG'
            from catalog
            join pg_catalog.pg_namespace n on n.nspname operator(pg_catalog.=) 'ai'
            join pg_catalog.pg_proc p on p.pronamespace operator(pg_catalog.=) n.oid
            union all
            select 'FUNCTION', nspname, proname, null, vectorizer, reason from any_function
            union all
            select 'TRIGGER', n.nspname, t.tgname, c.relname, t.vectorizer, t.reason
            from source_trigger t
            join pg_catalog.pg_class c on c.oid operator(pg_catalog.=) t.tgrelid
            join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.relnamespace
            union all
            select 'COLUMN', nspname, attname, relname, vectorizer, 'EMBEDDING_COLUMN' from embedding
            union all
            select 'INDEX', e.nspname, c.relname, e.relname, e.vectorizer, 'EMBEDDING_INDEX'
            from embedding e
            join pg_catalog.pg_index i on i.indrelid operator(pg_catalog.=) e.oid
                and i.indnkeyatts operator(pg_catalog.=) 1::pg_catalog.int2 and i.indkey[0] operator(pg_catalog.=) e.attnum
            join pg_catalog.pg_class c on c.oid operator(pg_catalog.=) i.indexrelid
            join pg_catalog.pg_am m on m.oid operator(pg_catalog.=) c.relam and m.amname operator(pg_catalog.=) e.index_method
            """;

    private ManagedObjectsQuery() {}
}
