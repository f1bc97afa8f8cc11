-- Takes a call of ai.create_vectorizer with its arguments and gives the arguments back as JSON, so that a recorded
-- statement becomes a definition without anybody parsing SQL. Arguments that were not given are absent.
create schema capture;
create function capture.create_vectorizer(
    source regclass, name text default null, destination jsonb default null, loading jsonb default null,
    parsing jsonb default null, embedding jsonb default null, chunking jsonb default null, indexing jsonb default null,
    formatting jsonb default null, scheduling jsonb default null, processing jsonb default null,
    queue_schema name default null, queue_table name default null, grant_to name[] default null,
    enqueue_existing boolean default null, if_not_exists boolean default null)
returns jsonb language sql as $$
    select jsonb_object_agg(key, value) from jsonb_each(jsonb_build_object(
        'source', (select jsonb_build_object('schema', n.nspname, 'table', c.relname)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = source),
        'name', name, 'destination', destination, 'loading', loading, 'parsing', parsing, 'embedding', embedding,
        'chunking', chunking, 'indexing', indexing, 'formatting', formatting, 'scheduling', scheduling,
        'processing', processing, 'queue_schema', queue_schema, 'queue_table', queue_table, 'grant_to', grant_to,
        'enqueue_existing', enqueue_existing, 'if_not_exists', if_not_exists))
    where value <> 'null'
$$;
