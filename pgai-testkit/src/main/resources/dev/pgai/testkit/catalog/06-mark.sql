-- FOR TESTS ONLY: stand-in of pgai-testkit for the pgai catalog. This is not pgai and calls no model.
--
-- The marks: whoever looks at the version or at an object sees that this is not pgai.

set local search_path to pg_catalog, pg_temp;

-- No version of pgai's, so that no installer takes it for an older release and upgrades it.
insert into ai.pgai_lib_version (name, version) values ('ai', 'standin-0.12.1');

do $body$
declare
    object text;
begin
    for object in
        select 'schema ai'
        union all
        select format('%s ai.%I', case c.relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end, c.relname)
        from pg_class c
        where c.relnamespace = 'ai'::regnamespace and c.relkind in ('r', 'v', 'S')
        union all
        select format('function %s', p.oid::regprocedure)
        from pg_proc p
        where p.pronamespace = 'ai'::regnamespace
    loop
        execute format('comment on %s is %L', object, 'for tests only: stand-in of pgai-testkit, not pgai');
    end loop;
end
$body$;
