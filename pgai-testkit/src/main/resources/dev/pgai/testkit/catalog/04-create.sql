-- FOR TESTS ONLY: stand-in of pgai-testkit for the pgai catalog. This is not pgai and calls no model.
--
-- ai.create_vectorizer and what it makes: store and view or column, queues, trigger, grants.

set local search_path to pg_catalog, pg_temp;

-- The primary key as ai.vectorizer.source_pk holds it, NULL if there is none.
create function ai._vectorizer_source_pk(source_table regclass)
returns jsonb
language sql stable set search_path to pg_catalog, pg_temp
as $body$
    select jsonb_agg(
        jsonb_build_object(
            'attnum', a.attnum,
            'pknum', k.pknum,
            'attname', a.attname,
            'typname', format_type(a.atttypid, a.atttypmod))
        order by k.pknum)
    from pg_constraint c
    cross join unnest(c.conkey) with ordinality as k (attnum, pknum)
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum
    where c.conrelid = source_table and c.contype = 'p'
$body$;

-- The key columns through a template of format(): %1$ is the name, %2$ the type.
create function ai._standin_key_list(
    key jsonb, template text, separator text default ', ', in_table_order boolean default false)
returns text
language sql immutable set search_path to pg_catalog, pg_temp
as $body$
    select string_agg(
        format(template, k.attname, k.typname), separator
        order by case when in_table_order then k.attnum else k.pknum end)
    from jsonb_to_recordset(key) as k (attname name, typname text, attnum int, pknum int)
$body$;

create function ai._standin_grant(what text, grantees name[])
returns void
language plpgsql volatile set search_path to pg_catalog, pg_temp
as $body$
begin
    if cardinality(grantees) > 0 then
        execute format('grant %s to %s', what,
            (select string_agg(quote_ident(g.grantee), ', ') from unnest(grantees) as g (grantee)));
    end if;
end
$body$;

-- The roles of grant_to that exist; the others get a warning. A role whose name needs quotes counts as
-- missing, as in pgai: to_regrole reads the name as SQL.
create function ai._standin_grantees(grant_to name[])
returns name[]
language plpgsql volatile set search_path to pg_catalog, pg_temp
as $body$
declare
    missing name[] = array(
        select g.grantee from unnest(grant_to) as g (grantee)
        where g.grantee <> 'public' and to_regrole(g.grantee::text) is null);
begin
    if cardinality(missing) > 0 then
        raise warning 'one or more grant_to roles do not exist: %', missing;
    end if;
    return array(
        select g.grantee from unnest(grant_to) as g (grantee)
        where g.grantee = 'public' or to_regrole(g.grantee::text) is not null);
end
$body$;

-- The destination as it is stored: every name decided. The view lands in the schema of the source,
-- whatever view_schema says.
create function ai._evaluate_destination(destination jsonb, source_schema name, source_table name)
returns jsonb
language plpgsql stable set search_path to pg_catalog, pg_temp
as $body$
declare
    base_name text = coalesce(destination ->> 'destination', concat(source_table, '_embedding'));
begin
    case destination ->> 'implementation'
        when 'table' then
            return ai._standin_config('destination', 'table', jsonb_build_object(
                'target_schema', coalesce(destination ->> 'target_schema', source_schema),
                'target_table', coalesce(destination ->> 'target_table', concat(base_name, '_store'))::name,
                'view_schema', source_schema,
                'view_name', coalesce(destination ->> 'view_name', base_name)::name));
        when 'column' then
            return ai._standin_config('destination', 'column',
                jsonb_build_object('embedding_column', destination ->> 'embedding_column'));
        else
            raise exception 'invalid implementation for destination config';
    end case;
end
$body$;

create function ai._standin_check_free(object_schema text, object_name text, way_out text)
returns void
language plpgsql stable set search_path to pg_catalog, pg_temp
as $body$
begin
    if to_regclass(format('%I.%I', object_schema, object_name)) is not null then
        raise exception 'an object named %.% already exists. specify an alternate % explicitly',
            object_schema, object_name, way_out
            using errcode = 'duplicate_object';
    end if;
end
$body$;

-- With its schema, which is looked up each time: the extension may be in any.
create function ai._standin_vector_type()
returns text
language sql stable set search_path to pg_catalog, pg_temp
as $body$
    select format('%I.vector', n.nspname)
    from pg_extension e
    join pg_namespace n on n.oid = e.extnamespace
    where e.extname = 'vector'
$body$;

create function ai._vectorizer_create_target_table(
    source_pk jsonb, target_schema name, target_table name, dimensions int, grant_to name[])
returns void
language plpgsql volatile set search_path to pg_catalog, pg_temp
as $body$
declare
    store text = format('%I.%I', target_schema, target_table);
begin
    execute format(
        'create table %s ('
            'embedding_uuid uuid not null primary key default gen_random_uuid(), '
            '%s, '
            'chunk_seq int not null, '
            'chunk text not null, '
            'embedding %s(%s) not null, '
            'unique (%s, chunk_seq))',
        store,
        ai._standin_key_list(source_pk, '%1$I %2$s not null', in_table_order => true),
        ai._standin_vector_type(), dimensions,
        ai._standin_key_list(source_pk, '%1$I'));
    execute format('alter table %s alter column embedding set storage main', store);
    perform ai._standin_grant(format('usage on schema %I', target_schema), grant_to);
    perform ai._standin_grant(format('select, insert, update on %s', store), grant_to);
end
$body$;

-- pgai does not quote the key in the join: a key column that needs quotes fails here, as there.
create function ai._vectorizer_create_view(
    view_schema name, view_name name, source_schema name, source_table name, source_pk jsonb,
    target_schema name, target_table name, grant_to name[])
returns void
language plpgsql volatile set search_path to pg_catalog, pg_temp
as $body$
declare
    store_view text = format('%I.%I', view_schema, view_name);
begin
    execute format(
        'create view %s as select t.embedding_uuid, t.chunk_seq, t.chunk, t.embedding, %s'
            ' from %I.%I t left join %I.%I s on (%s)',
        store_view,
        (
            select string_agg(
                format('%s.%I', case when k.attname is null then 's' else 't' end, a.attname), ', '
                order by a.attnum)
            from pg_attribute a
            left join jsonb_to_recordset(source_pk) as k (attname name) on k.attname = a.attname
            where a.attrelid = format('%I.%I', source_schema, source_table)::regclass
                and a.attnum > 0 and not a.attisdropped
        ),
        target_schema, target_table, source_schema, source_table,
        ai._standin_key_list(source_pk, 't.%1$s = s.%1$s', ' and '));
    perform ai._standin_grant(format('usage on schema %I', view_schema), grant_to);
    perform ai._standin_grant(format('select on %s', store_view), grant_to);
end
$body$;

create function ai._vectorizer_add_embedding_column(
    source_schema name, source_table name, dimensions int, embedding_column name)
returns void
language plpgsql volatile set search_path to pg_catalog, pg_temp
as $body$
declare
    source text = format('%I.%I', source_schema, source_table);
begin
    -- An existing column of any type is taken over. The stray letters are in the notice of pgai, too.
    if exists (
        select from pg_attribute
        where attrelid = source::regclass and attname = embedding_column and not attisdropped)
    then
        raise notice 'embedding column %I already exists in %I.%I skipping creation',
            embedding_column, source_schema, source_table;
        return;
    end if;
    execute format('alter table %s add column %I %s(%s) default null',
        source, embedding_column, ai._standin_vector_type(), dimensions);
    execute format('alter table %s alter column %I set storage main', source, embedding_column);
end
$body$;

create function ai._standin_create_queue(
    queue_schema name, queue_table name, source_pk jsonb, columns text, grant_to name[])
returns void
language plpgsql volatile set search_path to pg_catalog, pg_temp
as $body$
begin
    execute format('create table %I.%I (%s, %s)', queue_schema, queue_table,
        ai._standin_key_list(source_pk, '%1$I %2$s not null', in_table_order => true), columns);
    execute format('create index on %I.%I (%s)', queue_schema, queue_table,
        ai._standin_key_list(source_pk, '%1$I'));
    perform ai._standin_grant(format('usage on schema %I', queue_schema), grant_to);
    perform ai._standin_grant(format('select, insert, update, delete on %I.%I', queue_schema, queue_table), grant_to);
end
$body$;

create function ai._vectorizer_create_queue_table(
    queue_schema name, queue_table name, source_pk jsonb, grant_to name[])
returns void
language sql volatile set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_create_queue(queue_schema, queue_table, source_pk,
        'queued_at timestamptz not null default now(), '
        'loading_retries int not null default 0, '
        'loading_retry_after timestamptz', grant_to)
$body$;

create function ai._vectorizer_create_queue_failed_table(
    queue_schema name, queue_failed_table name, source_pk jsonb, grant_to name[])
returns void
language sql volatile set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_create_queue(queue_schema, queue_failed_table, source_pk,
        'created_at timestamptz not null default now(), '
        'failure_step text not null default ''''', grant_to)
$body$;

-- True if the row changed in a column that no vectorizer of the table writes to. Rows are compared as
-- JSON: 1.0 and 1.00 are the same, and so are two spellings of the same json.
create function ai._standin_row_changed(source_schema name, source_table name, old_row jsonb, new_row jsonb)
returns boolean
language sql stable set search_path to pg_catalog, pg_temp
as $body$
    select old_row - e.written is distinct from new_row - e.written
    from (
        select coalesce(array_agg(v.config #>> '{destination,embedding_column}'), '{}') as written
        from ai.vectorizer v
        where v.source_schema = _standin_row_changed.source_schema
            and v.source_table = _standin_row_changed.source_table
            and v.config #>> '{destination,implementation}' = 'column'
    ) e
$body$;

-- One function for each vectorizer, as in pgai: it runs with the rights of the creator, and it holds the
-- names of store and queue as they were at creation.
create function ai._vectorizer_create_source_trigger(
    trigger_name name, queue_schema name, queue_table name, source_schema name, source_table name,
    target_schema name, target_table name, source_pk jsonb)
returns void
language plpgsql volatile set search_path to pg_catalog, pg_temp
as $body$
declare
    function_name text = format('%I.%I', queue_schema, trigger_name);
    queue text = format('%I.%I', queue_schema, queue_table);
    store text;
    on_key_gone text = '';
    on_truncate text = 'null;';
begin
    if target_table is not null then
        store = format('%I.%I', target_schema, target_table);
        on_key_gone = format('delete from %s where %s;', store,
            ai._standin_key_list(source_pk, '%1$I = old.%1$I', ' and '));
        on_truncate = format('truncate %s; truncate %s;', store, queue);
    end if;
    execute format(
        $create$
        create function %1$s() returns trigger
        language plpgsql volatile security definer parallel safe set search_path to pg_catalog, pg_temp
        as %2$L
        $create$,
        function_name,
        format(
            $source$
            -- FOR TESTS ONLY: made by the stand-in of pgai-testkit, not by pgai.
            begin
                if tg_op = 'TRUNCATE' then
                    %1$s
                    return null;
                end if;
                if tg_op = 'UPDATE' then
                    if %2$s then
                        %3$s
                    elsif not ai._standin_row_changed(%4$L, %5$L, to_jsonb(old), to_jsonb(new)) then
                        return null;
                    end if;
                end if;
                if tg_op = 'DELETE' then
                    %3$s
                    return null;
                end if;
                insert into %6$s (%7$s) values (%8$s);
                return null;
            end
            $source$,
            on_truncate,
            ai._standin_key_list(source_pk, 'old.%1$I is distinct from new.%1$I', ' or '),
            on_key_gone,
            source_schema,
            source_table,
            queue,
            ai._standin_key_list(source_pk, '%1$I', in_table_order => true),
            ai._standin_key_list(source_pk, 'new.%1$I', in_table_order => true)));
    execute format('revoke all on function %s() from public', function_name);
    execute format(
        'create trigger %I after insert or update or delete on %I.%I for each row execute function %s()',
        trigger_name, source_schema, source_table, function_name);
    execute format(
        'create trigger %I after truncate on %I.%I for each statement execute function %s()',
        concat(trigger_name, '_truncate'), source_schema, source_table, function_name);
end
$body$;

create function ai.create_vectorizer(
    source regclass,
    name text default null,
    destination jsonb default ai.destination_table(),
    loading jsonb default null,
    parsing jsonb default ai.parsing_auto(),
    embedding jsonb default null,
    chunking jsonb default ai.chunking_recursive_character_text_splitter(),
    indexing jsonb default ai.indexing_default(),
    formatting jsonb default ai.formatting_python_template(),
    scheduling jsonb default ai.scheduling_default(),
    processing jsonb default ai.processing_default(),
    queue_schema name default null,
    queue_table name default null,
    grant_to name[] default ai.grant_to(),
    enqueue_existing boolean default true,
    if_not_exists boolean default false)
returns int
language plpgsql volatile set search_path to pg_catalog, pg_temp
as $body$
declare
    vectorizer_id int;
    existing_id int;
    source_schema name;
    source_table name;
    source_owner oid;
    key jsonb;
    dimensions int;
    grantees name[];
    trigger_name name;
    queue_failed_table name;
begin
    grantees = ai._standin_grantees(grant_to);
    if embedding is null then
        raise exception 'embedding configuration is required';
    end if;
    if loading is null then
        raise exception 'loading configuration is required';
    end if;

    select n.nspname, c.relname, c.relowner
    into strict source_schema, source_table, source_owner
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.oid = source;
    if not pg_has_role(current_user, source_owner, 'member') then
        raise exception 'only a superuser or the owner of the source table may create a vectorizer on it';
    end if;
    dimensions = (embedding -> 'dimensions')::int;
    if dimensions is null then
        raise exception 'dimensions argument is required';
    end if;
    key = ai._vectorizer_source_pk(source);
    if key is null then
        raise exception 'source table must have a primary key constraint';
    end if;

    vectorizer_id = nextval('ai.vectorizer_id_seq');
    trigger_name = concat('_vectorizer_src_trg_', vectorizer_id);
    queue_schema = coalesce(queue_schema, 'ai');
    queue_table = coalesce(queue_table, concat('_vectorizer_q_', vectorizer_id));
    queue_failed_table = concat('_vectorizer_q_failed_', vectorizer_id);
    perform ai._standin_check_free(queue_schema, queue_table, 'queue_table');

    perform ai._standin_check_loading(loading, parsing, source);
    perform ai._standin_check_destination(destination, chunking);
    perform ai._standin_check('embedding', embedding);
    perform ai._standin_check('chunking', chunking);
    indexing = ai._standin_resolve_indexing(indexing);
    perform ai._standin_check_indexing(indexing);
    perform ai._standin_check_formatting(formatting, source);
    scheduling = ai._standin_resolve_scheduling(scheduling);
    perform ai._standin_check('scheduling', scheduling);
    perform ai._standin_check_processing(processing);
    perform ai._standin_check_automatic_indexing(indexing, scheduling);

    destination = ai._evaluate_destination(destination, source_schema, source_table);
    if name is null then
        name = case destination ->> 'implementation'
            when 'column' then concat_ws('_', source_schema, source_table, destination ->> 'embedding_column')
            else concat_ws('_', destination ->> 'target_schema', destination ->> 'target_table')
        end;
    end if;

    select v.id into existing_id from ai.vectorizer v where v.name = create_vectorizer.name;
    if found then
        if not if_not_exists then
            raise exception 'a vectorizer named % already exists.', name using errcode = 'duplicate_object';
        end if;
        raise notice 'a vectorizer named % already exists, skipping', name;
        return existing_id;
    end if;

    if destination ->> 'implementation' = 'table' then
        perform ai._standin_check_free(
            destination ->> 'view_schema', destination ->> 'view_name', 'destination or view_name');
        perform ai._standin_check_free(
            destination ->> 'target_schema', destination ->> 'target_table', 'destination or target_table');
    end if;

    perform ai._standin_grant(format('usage on schema %I', source_schema), grantees);
    perform ai._standin_grant(format('select on %I.%I', source_schema, source_table), grantees);
    if destination ->> 'implementation' = 'column' then
        perform ai._vectorizer_add_embedding_column(
            source_schema, source_table, dimensions, (destination ->> 'embedding_column')::name);
    else
        perform ai._vectorizer_create_target_table(key, (destination ->> 'target_schema')::name,
            (destination ->> 'target_table')::name, dimensions, grantees);
        perform ai._vectorizer_create_view((destination ->> 'view_schema')::name, (destination ->> 'view_name')::name,
            source_schema, source_table, key, (destination ->> 'target_schema')::name,
            (destination ->> 'target_table')::name, grantees);
    end if;
    perform ai._vectorizer_create_queue_table(queue_schema, queue_table, key, grantees);
    perform ai._vectorizer_create_queue_failed_table(queue_schema, queue_failed_table, key, grantees);
    perform ai._vectorizer_create_source_trigger(
        trigger_name, queue_schema, queue_table, source_schema, source_table,
        (destination ->> 'target_schema')::name, (destination ->> 'target_table')::name, key);
    perform ai._standin_check_scheduler(scheduling);

    -- The version says whose form the config has, so that clients read it as they read that of pgai.
    insert into ai.vectorizer (
        id, source_schema, source_table, source_pk, trigger_name,
        queue_schema, queue_table, queue_failed_table, name, config)
    values (
        vectorizer_id, source_schema, source_table, key, trigger_name,
        queue_schema, queue_table, queue_failed_table, name,
        jsonb_build_object(
            'version', '0.12.1',
            'loading', loading,
            'parsing', parsing,
            'embedding', embedding,
            'chunking', chunking,
            'indexing', indexing,
            'formatting', formatting,
            'scheduling', scheduling,
            'processing', processing,
            'destination', destination));
    perform ai._standin_grant('usage on schema ai', grantees);
    perform ai._standin_grant('select on ai.vectorizer', grantees);

    if enqueue_existing then
        execute format('insert into %I.%I (%s) select %s from %I.%I', queue_schema, queue_table,
            ai._standin_key_list(key, '%1$I'), ai._standin_key_list(key, '%1$I'),
            source_schema, source_table);
    end if;
    return vectorizer_id;
end
$body$;
