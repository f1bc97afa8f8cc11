-- FOR TESTS ONLY: stand-in of pgai-testkit for the pgai catalog. This is not pgai and calls no model.
--
-- What ai.create_vectorizer checks of its options, with the messages that pgai gives.

set local search_path to pg_catalog, pg_temp;

-- Every part of a config: an object, of the right kind, with an implementation that exists.
create function ai._standin_check(kind text, config jsonb)
returns void
language plpgsql stable set search_path to pg_catalog, pg_temp
as $body$
declare
    implementation text = config ->> 'implementation';
    known text[] = case kind
        when 'loading' then array['column', 'uri']
        when 'parsing' then array['auto', 'none', 'pymupdf', 'docling']
        when 'embedding' then array['openai', 'ollama', 'voyageai', 'litellm']
        when 'chunking' then array['none', 'character_text_splitter', 'recursive_character_text_splitter']
        when 'indexing' then array['none', 'hnsw', 'diskann']
        when 'formatting' then array['python_template']
        when 'scheduling' then array['none', 'timescaledb']
        when 'processing' then array['default']
    end;
begin
    if jsonb_typeof(config) <> 'object' then
        raise exception '% config is not a jsonb object', kind;
    end if;
    if config ->> 'config_type' is distinct from kind then
        raise exception 'invalid config_type for % config', kind;
    end if;
    -- pgai lets a parsing config without an implementation pass, and looks at the one of a destination
    -- only when it decides the names.
    if implementation = any (known) or kind = 'destination' or (kind = 'parsing' and implementation is null) then
        return;
    end if;
    raise exception using message = case
        when kind in ('loading', 'parsing', 'chunking') then format('invalid %s config implementation', kind)
        when kind = 'formatting' then 'unrecognized formatting implementation'
        when implementation is null then format('%s implementation not specified', kind)
        when kind in ('embedding', 'indexing') then format('invalid %s implementation: "%s"', kind, implementation)
        else format('unrecognized %s implementation: "%s"', kind, implementation)
    end;
end
$body$;

create function ai._standin_check_loading(loading jsonb, parsing jsonb, source regclass)
returns void
language plpgsql stable set search_path to pg_catalog, pg_temp
as $body$
declare
    column_name text = loading ->> 'column_name';
    column_type name;
begin
    perform ai._standin_check('loading', loading);
    if column_name is null then
        raise exception 'invalid loading config, missing column_name';
    end if;
    if coalesce((loading ->> 'retries')::int, -1) < 0 then
        raise exception 'invalid loading config, retries must be a non-negative integer';
    end if;
    if not starts_with(loading ->> 'aws_role_arn', 'arn:aws:iam::')
        or strpos(substr(loading ->> 'aws_role_arn', length('arn:aws:iam::') + 1), ':role/') = 0 then
        raise exception 'invalid loading config, aws_role_arn must match arn:aws:iam::*:role/*';
    end if;

    select t.typname into column_type
    from pg_attribute a
    join pg_type t on t.oid = a.atttypid
    where a.attrelid = source and a.attname = column_name and a.attnum > 0 and not a.attisdropped;
    if not found then
        raise exception 'column_name in config does not exist in the table: %', column_name;
    end if;
    if column_type not in ('text', 'varchar', 'char', 'bpchar', 'bytea') then
        raise exception 'column_name % in config is of invalid type %. Supported types are: text, varchar, char, bpchar, bytea',
            column_name, column_type;
    end if;
    if loading ->> 'implementation' = 'uri' and column_type = 'bytea' then
        raise exception 'the type of the column `%` in config is not compatible with `uri` loading implementation (type should be either text, varchar, char, bpchar, or bytea)',
            column_name;
    end if;

    perform ai._standin_check('parsing', parsing);
    if parsing ->> 'implementation' = 'none' and column_type = 'bytea' then
        raise exception 'cannot use parsing_none with bytea columns';
    end if;
    if parsing ->> 'implementation' in ('pymupdf', 'docling')
        and loading ->> 'implementation' = 'column' and column_type <> 'bytea' then
        raise exception 'parsing_% must be used with a bytea column', parsing ->> 'implementation';
    end if;
end
$body$;

create function ai._standin_check_destination(destination jsonb, chunking jsonb)
returns void
language plpgsql stable set search_path to pg_catalog, pg_temp
as $body$
begin
    perform ai._standin_check('destination', destination);
    if destination ->> 'implementation' = 'column' and chunking ->> 'implementation' <> 'none' then
        raise exception 'chunking must be none for column destination';
    end if;
end
$body$;

create function ai._standin_check_indexing(indexing jsonb)
returns void
language plpgsql stable set search_path to pg_catalog, pg_temp
as $body$
begin
    perform ai._standin_check('indexing', indexing);
    if indexing ->> 'implementation' = 'hnsw'
        and indexing ->> 'opclass' not in ('vector_cosine_ops', 'vector_ip_ops', 'vector_l1_ops') then
        raise exception 'invalid opclass';
    end if;
    if indexing ->> 'implementation' = 'diskann'
        and indexing ->> 'storage_layout' not in ('memory_optimized', 'plain') then
        raise exception 'invalid storage_layout';
    end if;
end
$body$;

create function ai._standin_check_formatting(formatting jsonb, source regclass)
returns void
language plpgsql stable set search_path to pg_catalog, pg_temp
as $body$
begin
    perform ai._standin_check('formatting', formatting);
    if strpos(formatting ->> 'template', '$chunk') = 0 then
        raise exception 'template must contain $chunk placeholder';
    end if;
    if exists (select from pg_attribute where attrelid = source and attname = 'chunk' and attnum > 0) then
        raise exception 'formatting_python_template may not be used when source table has a column named "chunk"';
    end if;
end
$body$;

create function ai._standin_check_processing(processing jsonb)
returns void
language plpgsql stable set search_path to pg_catalog, pg_temp
as $body$
declare
    item record;
begin
    perform ai._standin_check('processing', processing);
    for item in values ('batch_size', 2048), ('concurrency', 50) loop
        if jsonb_typeof(processing -> item.column1) <> 'number' then
            raise exception '% must be a number', item.column1;
        end if;
        if (processing -> item.column1)::int > item.column2 then
            raise exception '% must be less than or equal to %', item.column1, item.column2;
        end if;
        if (processing -> item.column1)::int < 1 then
            raise exception '% must be greater than 0', item.column1;
        end if;
    end loop;
end
$body$;

create function ai._standin_check_automatic_indexing(indexing jsonb, scheduling jsonb)
returns void
language plpgsql stable set search_path to pg_catalog, pg_temp
as $body$
begin
    if scheduling ->> 'implementation' = 'none' and indexing ->> 'implementation' <> 'none' then
        raise exception 'automatic indexing is not supported without scheduling. set indexing=>ai.indexing_none() when scheduling=>ai.scheduling_none()';
    end if;
end
$body$;

-- The settings ai.indexing_default and ai.scheduling_default decide what "default" is; anything that they
-- do not name is none. The config_type is not looked at: pgai takes any "default" here.

create function ai._standin_resolve_indexing(indexing jsonb)
returns jsonb
language sql stable set search_path to pg_catalog, pg_temp
as $body$
    select case
        when indexing ->> 'implementation' is distinct from 'default' then indexing
        when current_setting('ai.indexing_default', true) = 'indexing_hnsw' then ai.indexing_hnsw()
        when current_setting('ai.indexing_default', true) = 'indexing_diskann' then ai.indexing_diskann()
        else ai.indexing_none()
    end
$body$;

create function ai._standin_resolve_scheduling(scheduling jsonb)
returns jsonb
language sql stable set search_path to pg_catalog, pg_temp
as $body$
    select case
        when scheduling ->> 'implementation' is distinct from 'default' then scheduling
        when current_setting('ai.scheduling_default', true) = 'scheduling_timescaledb' then ai.scheduling_timescaledb()
        else ai.scheduling_none()
    end
$body$;

-- TimescaleDB and the ai extension run real jobs; the stand-in answers as pgai does where they are missing.
create function ai._standin_check_scheduler(scheduling jsonb)
returns void
language plpgsql stable set search_path to pg_catalog, pg_temp
as $body$
begin
    if scheduling ->> 'implementation' = 'timescaledb' then
        raise exception 'ai extension not found but it is needed for timescaledb scheduling.';
    end if;
end
$body$;

-- The same checks under the names by which a config is judged that is changed later.

create function ai._standin_relation(source_schema name, source_table name)
returns regclass
language sql stable set search_path to pg_catalog, pg_temp
as $body$
    select format('%I.%I', source_schema, source_table)::regclass
$body$;

create function ai._validate_loading(config jsonb, source_schema name, source_table name)
returns void
language sql stable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_check_loading(config, ai.parsing_auto(), ai._standin_relation(source_schema, source_table))
$body$;

create function ai._validate_parsing(parsing jsonb, loading jsonb, source_schema name, source_table name)
returns void
language sql stable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_check_loading(loading, parsing, ai._standin_relation(source_schema, source_table))
$body$;

create function ai._validate_embedding(config jsonb)
returns void
language sql stable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_check('embedding', config)
$body$;

create function ai._validate_chunking(config jsonb)
returns void
language sql stable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_check('chunking', config)
$body$;

create function ai._validate_formatting(config jsonb, source_schema name, source_table name)
returns void
language sql stable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_check_formatting(config, ai._standin_relation(source_schema, source_table))
$body$;

create function ai._validate_processing(config jsonb)
returns void
language sql stable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_check_processing(config)
$body$;
