-- FOR TESTS ONLY: stand-in of pgai-testkit for the pgai catalog. This is not pgai and calls no model.
--
-- What is done with a vectorizer that exists: queue and status, schedules, drop, the books that a worker
-- keeps, rights.

set local search_path to pg_catalog, pg_temp;

-- The overloads by name do nothing for a name that does not exist; those by id fail. What returns void
-- gives NULL by name, and void's empty text by id: functions of SQL give the one, of PL/pgSQL the other.

create function ai.vectorizer_queue_pending(vectorizer_id int, exact_count boolean default false)
returns bigint
language plpgsql stable set search_path to pg_catalog, pg_temp
as $body$
declare
    -- Above this the count is not worth its time, and pgai answers with the largest bigint.
    counted_up_to constant int = 10000;
    queue text;
    pending bigint;
begin
    select format('%I.%I', v.queue_schema, v.queue_table) into queue
    from ai.vectorizer v
    where v.id = vectorizer_queue_pending.vectorizer_id
        and v.queue_schema is not null and v.queue_table is not null;
    if not found then
        raise exception 'vectorizer has no queue table';
    end if;
    if exact_count then
        execute format('select count(*) from %s', queue) into pending;
    else
        execute format('select count(*) from (select from %s limit %s) q', queue, counted_up_to + 1) into pending;
        if pending > counted_up_to then
            pending = 9223372036854775807;
        end if;
    end if;
    return pending;
end
$body$;

create function ai.vectorizer_queue_pending(name text, exact_count boolean default false)
returns bigint
language sql stable set search_path to pg_catalog, pg_temp
as $body$
    select ai.vectorizer_queue_pending(v.id, exact_count)
    from ai.vectorizer v
    where v.name = vectorizer_queue_pending.name
$body$;

create view ai.vectorizer_status as
select
    v.id,
    v.name,
    format('%I.%I', v.source_schema, v.source_table) as source_table,
    case when v.config #>> '{destination,implementation}' = 'table' then
        format('%I.%I', v.config #>> '{destination,target_schema}', v.config #>> '{destination,target_table}')
    end as target_table,
    case when v.config #>> '{destination,implementation}' = 'table' then
        format('%I.%I', v.config #>> '{destination,view_schema}', v.config #>> '{destination,view_name}')
    end as "view",
    format('%I', coalesce(v.config #>> '{destination,embedding_column}', 'embedding')) as embedding_column,
    case
        when v.queue_table is not null
            and has_table_privilege(current_user, format('%I.%I', v.queue_schema, v.queue_table), 'select')
        then ai.vectorizer_queue_pending(v.id)
    end as pending_items,
    v.disabled
from ai.vectorizer v;

-- schedules

create function ai._standin_set_disabled(vectorizer_id int, disabled boolean)
returns void
language plpgsql volatile set search_path to pg_catalog, pg_temp
as $body$
declare
    found_id int;
begin
    select v.id into strict found_id from ai.vectorizer v where v.id = vectorizer_id;
    update ai.vectorizer v set disabled = _standin_set_disabled.disabled where v.id = found_id;
end
$body$;

create function ai.disable_vectorizer_schedule(vectorizer_id int)
returns void
language plpgsql volatile set search_path to pg_catalog, pg_temp
as $body$ begin perform ai._standin_set_disabled(vectorizer_id, true); end $body$;

create function ai.disable_vectorizer_schedule(name text)
returns void
language sql volatile set search_path to pg_catalog, pg_temp
as $body$
    select ai.disable_vectorizer_schedule(v.id)
    from ai.vectorizer v
    where v.name = disable_vectorizer_schedule.name
$body$;

create function ai.enable_vectorizer_schedule(vectorizer_id int)
returns void
language plpgsql volatile set search_path to pg_catalog, pg_temp
as $body$ begin perform ai._standin_set_disabled(vectorizer_id, false); end $body$;

create function ai.enable_vectorizer_schedule(name text)
returns void
language sql volatile set search_path to pg_catalog, pg_temp
as $body$
    select ai.enable_vectorizer_schedule(v.id)
    from ai.vectorizer v
    where v.name = enable_vectorizer_schedule.name
$body$;

-- public.delete_job is one of the functions of TimescaleDB. Where it is missing the call fails, as with pgai.
create function ai.set_scheduling(
    vectorizer_id int,
    scheduling jsonb default ai.scheduling_default(),
    indexing jsonb default ai.indexing_default())
returns jsonb
language plpgsql volatile set search_path to pg_catalog, pg_temp
as $body$
declare
    new_config jsonb;
begin
    scheduling = ai._standin_resolve_scheduling(scheduling);
    perform ai._standin_check('scheduling', scheduling);
    indexing = ai._standin_resolve_indexing(indexing);
    perform ai._standin_check_indexing(indexing);
    perform ai._standin_check_automatic_indexing(indexing, scheduling);
    perform public.delete_job((v.config #>> '{scheduling,job_id}')::int)
    from ai.vectorizer v
    where v.id = vectorizer_id and v.config #> '{scheduling,job_id}' is not null;
    perform ai._standin_check_scheduler(scheduling);
    update ai.vectorizer v
    set config = v.config || jsonb_build_object('scheduling', scheduling, 'indexing', indexing)
    where v.id = vectorizer_id
    returning v.config into new_config;
    return new_config;
end
$body$;

-- The function by id belongs to the ai extension. Where it is missing the call fails, as with pgai.
create function ai.execute_vectorizer(vectorizer_name text)
returns void
language plpgsql volatile set search_path to pg_catalog, pg_temp
as $body$
declare
    vectorizer_id int;
begin
    select v.id into strict vectorizer_id from ai.vectorizer v where v.name = vectorizer_name;
    perform ai.execute_vectorizer(vectorizer_id);
end
$body$;

-- drop

create function ai.drop_vectorizer(vectorizer_id int, drop_all boolean default false)
returns void
language plpgsql volatile set search_path to pg_catalog, pg_temp
as $body$
declare
    doomed ai.vectorizer;
    trigger_function regprocedure;
begin
    select v.* into strict doomed from ai.vectorizer v where v.id = vectorizer_id;

    select t.tgfoid::regprocedure into trigger_function
    from pg_trigger t
    join pg_class c on c.oid = t.tgrelid
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = doomed.source_schema and c.relname = doomed.source_table and t.tgname = doomed.trigger_name;
    if found then
        execute format('drop trigger %I on %I.%I', doomed.trigger_name, doomed.source_schema, doomed.source_table);
        execute format('drop trigger if exists %I on %I.%I',
            concat(doomed.trigger_name, '_truncate'), doomed.source_schema, doomed.source_table);
        execute format('drop function %s', trigger_function);
    else
        -- The source is gone, renamed, or lost its trigger: what still uses the function goes with it.
        trigger_function = to_regprocedure(format('%I.%I()', doomed.queue_schema, doomed.trigger_name));
        if trigger_function is not null then
            execute format('drop function %s cascade', trigger_function);
        end if;
    end if;

    execute format('drop table if exists %I.%I', doomed.queue_schema, doomed.queue_table);
    execute format('drop table if exists %I.%I', doomed.queue_schema, doomed.queue_failed_table);
    if drop_all and doomed.config #>> '{destination,implementation}' = 'table' then
        execute format('drop view if exists %I.%I',
            doomed.config #>> '{destination,view_schema}', doomed.config #>> '{destination,view_name}');
        execute format('drop table if exists %I.%I',
            doomed.config #>> '{destination,target_schema}', doomed.config #>> '{destination,target_table}');
    end if;
    delete from ai.vectorizer v where v.id = doomed.id;
end
$body$;

create function ai.drop_vectorizer(name text, drop_all boolean default false)
returns void
language sql volatile set search_path to pg_catalog, pg_temp
as $body$
    select ai.drop_vectorizer(v.id, drop_all)
    from ai.vectorizer v
    where v.name = drop_vectorizer.name
$body$;

-- the books of a worker

create function ai._worker_start(version text, expected_heartbeat_interval interval)
returns uuid
language sql volatile set search_path to pg_catalog, pg_temp
as $body$
    insert into ai.vectorizer_worker_process (version, expected_heartbeat_interval)
    values (version, expected_heartbeat_interval)
    returning id
$body$;

create function ai._worker_heartbeat(
    worker_id uuid,
    num_successes_since_last_heartbeat int,
    num_errors_since_last_heartbeat int,
    error_message text)
returns void
language plpgsql volatile set search_path to pg_catalog, pg_temp
as $body$
declare
    moment timestamptz = clock_timestamp();
begin
    update ai.vectorizer_worker_process p set
        last_heartbeat = moment,
        heartbeat_count = p.heartbeat_count + 1,
        success_count = p.success_count + num_successes_since_last_heartbeat,
        error_count = p.error_count + num_errors_since_last_heartbeat,
        last_error_at = case when error_message is null then p.last_error_at else moment end,
        last_error_message = coalesce(error_message, p.last_error_message)
    where p.id = worker_id;
end
$body$;

create function ai._worker_progress(
    worker_id uuid,
    worker_vectorizer_id int,
    num_successes int,
    error_message text)
returns void
language plpgsql volatile set search_path to pg_catalog, pg_temp
as $body$
declare
    moment timestamptz = clock_timestamp();
begin
    insert into ai.vectorizer_worker_progress (vectorizer_id)
    values (worker_vectorizer_id)
    on conflict do nothing;
    if error_message is null then
        update ai.vectorizer_worker_progress p set
            success_count = p.success_count + num_successes,
            last_success_at = moment,
            last_success_process_id = worker_id
        where p.vectorizer_id = worker_vectorizer_id;
    else
        update ai.vectorizer_worker_progress p set
            success_count = p.success_count + num_successes,
            error_count = p.error_count + 1,
            last_error_at = moment,
            last_error_message = error_message,
            last_error_process_id = worker_id
        where p.vectorizer_id = worker_vectorizer_id;
    end if;
end
$body$;

-- rights

-- The role goes into the statements unquoted, as in pgai: a name that needs quotes is given with them.
create function ai.grant_vectorizer_usage(to_user name, admin boolean default false)
returns void
language plpgsql volatile set search_path to pg_catalog, pg_temp
as $body$
declare
    rights text[] = array[
        'usage, create on schema ai',
        'select, insert, update, delete on ai.vectorizer',
        'select on ai._vectorizer_errors',
        'select on ai.vectorizer_errors',
        'select on ai.vectorizer_status',
        'usage, select on sequence ai.vectorizer_id_seq'];
    item text;
begin
    -- As in pgai, an admin who is NULL is one.
    if admin is distinct from false then
        rights = array[
            'all on schema ai',
            'all on ai.pgai_lib_migration',
            'all on ai.pgai_lib_version',
            'all on ai.pgai_lib_feature_flag',
            'all on ai.vectorizer',
            'all on ai._vectorizer_errors',
            'all on ai.vectorizer_errors',
            'all on ai.vectorizer_status',
            'all on sequence ai.vectorizer_id_seq'];
    end if;
    foreach item in array rights loop
        execute 'grant ' || item || ' to ' || to_user;
    end loop;
end
$body$;

-- no models

-- Written out with the schema of the extension, because the result type is part of the signature.
do $body$
begin
    execute format(
        $create$
        create function ai.vectorizer_embed(embedding_config jsonb, input_text text, input_type text default null)
        returns %1$s
        language plpgsql immutable set search_path to pg_catalog, pg_temp
        as $embed$
        begin
            raise exception 'ai.vectorizer_embed: the stand-in of pgai-testkit calls no model'
                using errcode = 'feature_not_supported',
                      hint = 'Embed in the test itself, or use a real pgai.';
        end
        $embed$;

        create function ai.vectorizer_embed(vectorizer_id int, input_text text, input_type text default null)
        returns %1$s
        language sql stable set search_path to pg_catalog, pg_temp
        as $embed$
            select ai.vectorizer_embed(v.config -> 'embedding', input_text, input_type)
            from ai.vectorizer v
            where v.id = vectorizer_id
        $embed$;

        create function ai.vectorizer_embed(name text, input_text text, input_type text default null)
        returns %1$s
        language sql stable set search_path to pg_catalog, pg_temp
        as $embed$
            select ai.vectorizer_embed(v.config -> 'embedding', input_text, input_type)
            from ai.vectorizer v
            where v.name = vectorizer_embed.name
        $embed$;
        $create$,
        ai._standin_vector_type());
end
$body$;
