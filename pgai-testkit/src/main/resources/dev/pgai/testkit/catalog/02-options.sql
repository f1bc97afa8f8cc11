-- FOR TESTS ONLY: stand-in of pgai-testkit for the pgai catalog. This is not pgai and calls no model.
--
-- The functions that make the options of ai.create_vectorizer. None of them checks anything but the
-- input type of Voyage AI; the rest is checked when a vectorizer is created.

set local search_path to pg_catalog, pg_temp;

create function ai._standin_config(kind text, implementation text, options jsonb)
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$
    select jsonb_build_object('config_type', kind, 'implementation', implementation) || options
$body$;

-- loading

create function ai.loading_column(column_name name, retries int default 6)
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_config('loading', 'column',
        jsonb_build_object('column_name', column_name, 'retries', retries))
$body$;

create function ai.loading_uri(column_name name, retries int default 6, aws_role_arn text default null)
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_config('loading', 'uri', jsonb_strip_nulls(
        jsonb_build_object('column_name', column_name, 'retries', retries, 'aws_role_arn', aws_role_arn)))
$body$;

-- parsing

create function ai.parsing_auto()
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$ select ai._standin_config('parsing', 'auto', '{}') $body$;

create function ai.parsing_none()
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$ select ai._standin_config('parsing', 'none', '{}') $body$;

create function ai.parsing_pymupdf()
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$ select ai._standin_config('parsing', 'pymupdf', '{}') $body$;

create function ai.parsing_docling()
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$ select ai._standin_config('parsing', 'docling', '{}') $body$;

-- embedding

create function ai.embedding_openai(
    model text,
    dimensions int,
    chat_user text default null,
    api_key_name text default 'OPENAI_API_KEY',
    base_url text default null)
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_config('embedding', 'openai', jsonb_strip_nulls(jsonb_build_object(
        'model', model, 'dimensions', dimensions, 'user', chat_user,
        'api_key_name', api_key_name, 'base_url', base_url)))
$body$;

create function ai.embedding_ollama(
    model text,
    dimensions int,
    base_url text default null,
    options jsonb default null,
    keep_alive text default null)
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_config('embedding', 'ollama', jsonb_strip_nulls(jsonb_build_object(
        'model', model, 'dimensions', dimensions, 'base_url', base_url,
        'options', options, 'keep_alive', keep_alive)))
$body$;

create function ai.embedding_voyageai(
    model text,
    dimensions int,
    input_type text default 'document',
    api_key_name text default 'VOYAGE_API_KEY')
returns jsonb
language plpgsql immutable set search_path to pg_catalog, pg_temp
as $body$
begin
    if input_type not in ('query', 'document') then
        raise exception 'invalid input_type for voyage ai "%"', input_type;
    end if;
    return ai._standin_config('embedding', 'voyageai', jsonb_strip_nulls(jsonb_build_object(
        'model', model, 'dimensions', dimensions, 'input_type', input_type, 'api_key_name', api_key_name)));
end
$body$;

create function ai.embedding_litellm(
    model text,
    dimensions int,
    api_key_name text default null,
    extra_options jsonb default null)
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_config('embedding', 'litellm', jsonb_strip_nulls(jsonb_build_object(
        'model', model, 'dimensions', dimensions,
        'api_key_name', api_key_name, 'extra_options', extra_options)))
$body$;

create function ai.embedding_sentence_transformers(
    model text default 'nomic-ai/nomic-embed-text-v1.5',
    dimensions int default 768)
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_config('embedding', 'sentence_transformers',
        jsonb_build_object('model', model, 'dimensions', dimensions))
$body$;

-- chunking

create function ai.chunking_none()
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$ select ai._standin_config('chunking', 'none', '{}') $body$;

create function ai.chunking_character_text_splitter(
    chunk_size int default 800,
    chunk_overlap int default 400,
    separator text default E'\n\n',
    is_separator_regex boolean default false)
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_config('chunking', 'character_text_splitter', jsonb_strip_nulls(jsonb_build_object(
        'chunk_size', chunk_size, 'chunk_overlap', chunk_overlap,
        'separator', separator, 'is_separator_regex', is_separator_regex)))
$body$;

create function ai.chunking_recursive_character_text_splitter(
    chunk_size int default 800,
    chunk_overlap int default 400,
    separators text[] default array[E'\n\n', E'\n', '.', '?', '!', ' ', ''],
    is_separator_regex boolean default false)
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_config('chunking', 'recursive_character_text_splitter', jsonb_strip_nulls(jsonb_build_object(
        'chunk_size', chunk_size, 'chunk_overlap', chunk_overlap,
        'separators', separators, 'is_separator_regex', is_separator_regex)))
$body$;

-- formatting

create function ai.formatting_python_template(template text default '$chunk')
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_config('formatting', 'python_template',
        jsonb_strip_nulls(jsonb_build_object('template', template)))
$body$;

-- indexing

create function ai.indexing_default()
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$ select ai._standin_config('indexing', 'default', '{}') $body$;

create function ai.indexing_none()
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$ select ai._standin_config('indexing', 'none', '{}') $body$;

create function ai.indexing_hnsw(
    min_rows int default 100000,
    opclass text default 'vector_cosine_ops',
    m int default null,
    ef_construction int default null,
    create_when_queue_empty boolean default true)
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_config('indexing', 'hnsw', jsonb_strip_nulls(jsonb_build_object(
        'min_rows', min_rows, 'opclass', opclass, 'm', m,
        'ef_construction', ef_construction, 'create_when_queue_empty', create_when_queue_empty)))
$body$;

create function ai.indexing_diskann(
    min_rows int default 100000,
    storage_layout text default null,
    num_neighbors int default null,
    search_list_size int default null,
    max_alpha float8 default null,
    num_dimensions int default null,
    num_bits_per_dimension int default null,
    create_when_queue_empty boolean default true)
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_config('indexing', 'diskann', jsonb_strip_nulls(jsonb_build_object(
        'min_rows', min_rows, 'storage_layout', storage_layout, 'num_neighbors', num_neighbors,
        'search_list_size', search_list_size, 'max_alpha', max_alpha, 'num_dimensions', num_dimensions,
        'num_bits_per_dimension', num_bits_per_dimension,
        'create_when_queue_empty', create_when_queue_empty)))
$body$;

-- scheduling

create function ai.scheduling_default()
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$ select ai._standin_config('scheduling', 'default', '{}') $body$;

create function ai.scheduling_none()
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$ select ai._standin_config('scheduling', 'none', '{}') $body$;

create function ai.scheduling_timescaledb(
    schedule_interval interval default interval '5 minutes',
    initial_start timestamptz default null,
    fixed_schedule boolean default null,
    timezone text default null)
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_config('scheduling', 'timescaledb', jsonb_strip_nulls(jsonb_build_object(
        'schedule_interval', schedule_interval, 'initial_start', initial_start,
        'fixed_schedule', fixed_schedule, 'timezone', timezone)))
$body$;

-- processing

create function ai.processing_default(batch_size int default null, concurrency int default null)
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_config('processing', 'default',
        jsonb_strip_nulls(jsonb_build_object('batch_size', batch_size, 'concurrency', concurrency)))
$body$;

-- destination

create function ai.destination_table(
    destination name default null,
    target_schema name default null,
    target_table name default null,
    view_schema name default null,
    view_name name default null)
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_config('destination', 'table', jsonb_strip_nulls(jsonb_build_object(
        'destination', destination, 'target_schema', target_schema, 'target_table', target_table,
        'view_schema', view_schema, 'view_name', view_name)))
$body$;

create function ai.destination_column(embedding_column name)
returns jsonb
language sql immutable set search_path to pg_catalog, pg_temp
as $body$
    select ai._standin_config('destination', 'column',
        jsonb_strip_nulls(jsonb_build_object('embedding_column', embedding_column)))
$body$;

-- grant_to

-- Without duplicates, in the order that pgai gives: the one of UNION over these two sets, not a sorted one.
create function ai.grant_to(variadic grantees name[])
returns name[]
language sql volatile set search_path to pg_catalog, pg_temp
as $body$
    select array(
        select unnest(grantees)
        union
        select trim(item)::name
        from string_to_table(current_setting('ai.grant_to_default', true), ',') as item
    )
$body$;

create function ai.grant_to()
returns name[]
language sql volatile set search_path to pg_catalog, pg_temp
as $body$ select ai.grant_to(variadic '{}'::name[]) $body$;
