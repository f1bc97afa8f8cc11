package dev.pgai.contract.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A schema with everything that SQL without a schema could take for PostgreSQL's: whoever uses any of it is told so by
 * an error of the state {@value #STATE}.
 *
 * <p>There is each operator for each pair of types, so that it fits better than PostgreSQL's own where that needs a
 * cast; each function of PostgreSQL's with the same arguments; those that take any arguments with the arguments that
 * occur; and types, tables and views of the usual names.
 */
public final class HostileSchema {

    /** Of the error. */
    public static final String STATE = "HOSTI";

    private static final String TYPES =
            "array['text', 'name', '\"char\"', 'bool', 'int2', 'int4', 'int8', 'numeric', 'oid', 'regclass',"
                    + " 'regproc', 'regprocedure', 'regtype', 'regrole', 'regnamespace', 'json', 'jsonb', 'jsonpath', 'xml', 'uuid',"
                    + " 'timestamptz', 'interval', 'xid8', 'aclitem', 'bytea', 'varchar', 'int2vector', 'oidvector', 'text[]',"
                    + " 'name[]', '\"char\"[]', 'int2[]', 'int4[]', 'oid[]', 'aclitem[]', 'tsvector']";

    private static final String OPERATORS =
            "array['=', '<>', '<', '>', '<=', '>=', '||', '+', '-', '*', '/', '->', '->>', '#>', '#>>', '~', '!~', '~~',"
                    + " '@>', '<@', '&&', '@?']";

    private static final String CREATE = """
            do $do$
            declare
              s text := '%1$s';
              l text;
              r text;
              f record;
              o text;
              i int;
            begin
              execute format('create schema if not exists %%I', s);
              execute format('create function %%I.hostile(what text) returns text language plpgsql as %%L', s,
                'begin raise exception using errcode = ''%2$s'', message = what; end');
              perform set_config('search_path', 'pg_catalog', true);
              perform set_config('check_function_bodies', 'off', true);
              foreach l in array %3$s loop foreach r in array %3$s loop
                execute format('create function %%I.op(%%s, %%s) returns bool language plpgsql as %%L', s, l, r,
                  format('begin perform %%I.hostile(%%L); return null; end', s, format('an operator of %%s and %%s', l, r)));
                foreach o in array %4$s loop
                  execute format('create operator %%I.%%s (leftarg = %%s, rightarg = %%s, function = %%I.op)', s, o, l, r, s);
                end loop;
              end loop; end loop;
              for f in select distinct proname, oidvectortypes(proargtypes) as arguments, prorettype
                from pg_proc where pronamespace = 'pg_catalog'::regnamespace and prokind in ('f', 'a', 'w')
                and not exists (select from unnest(proargtypes) a join pg_type t on t.oid = a where t.typtype = 'p')
                and proname !~ '^(RI_|bt|hash|.*(send|recv|in|out)$)' loop
                begin
                  execute format('create function %%I.%%I(%%s) returns text language plpgsql as %%L', s, f.proname, f.arguments,
                    format('begin return %%I.hostile(%%L); end', s, 'function ' || f.proname));
                exception when duplicate_function then null;
                end;
              end loop;
              foreach o in array array['format', 'concat', 'concat_ws', 'json_build_array', 'json_build_object', 'jsonb_build_object',
                'count', 'array_agg', 'json_agg', 'unnest', 'array_position', 'array_length', 'coalesce_', 'num_nulls', 'to_json', 'to_jsonb',
                'max', 'min', 'string_agg', 'row_to_json', 'array_to_string', 'quote_literal'] loop
                foreach l in array %3$s loop
                  for i in 1 .. 4 loop
                    begin
                      execute format('create function %%I.%%I(%%s) returns text language plpgsql as %%L', s, o,
                        (select string_agg(case n when 1 then 'text' else l end, ', ') from generate_series(1, i) n),
                        format('begin return %%I.hostile(%%L); end', s, 'function ' || o));
                    exception when duplicate_function then null;
                    end;
                  end loop;
                end loop;
              end loop;
              foreach o in array array['to_regclass', 'to_regproc', 'to_regprocedure', 'to_regtype', 'strpos', 'replace', 'split_part',
                'substring', 'left', 'translate', 'quote_ident', 'quote_literal', 'set_config', 'current_setting', 'length', 'lower',
                'pg_get_userbyid', 'has_table_privilege', 'has_schema_privilege', 'pg_has_role', 'format_type', 'ts_stat'] loop
                foreach l in array %3$s loop
                  for i in 1 .. 3 loop
                    begin
                      execute format('create function %%I.%%I(%%s) returns text language plpgsql as %%L', s, o,
                        (select string_agg(l, ', ') from generate_series(1, i)),
                        format('begin return %%I.hostile(%%L); end', s, 'function ' || o));
                    exception when duplicate_function then null;
                    end;
                  end loop;
                end loop;
              end loop;
              foreach o in array array['text', 'name', 'int4', 'int8', 'bool', 'oid', 'regclass', 'regrole', 'regprocedure', 'regtype',
                'regnamespace', 'json', 'jsonb', 'jsonpath', 'timestamptz', 'interval', 'record', 'varchar', 'numeric', 'uuid', 'vector'] loop
                begin
                  execute format('create domain %%I.%%I as pg_catalog.int4 check (%%I.hostile(%%L) is null)', s, o, s, 'type ' || o);
                exception when duplicate_object then null;
                end;
              end loop;
              for f in select relname from pg_class where relnamespace = 'pg_catalog'::regnamespace and relkind in ('r', 'v')
                union all select unnest(array['vectorizer', 'vectorizer_status', 'pgai_lib_version']) loop
                execute format('create view %%I.%%I as select %%I.hostile(%%L) as oid', s, f.relname, s, 'table ' || f.relname);
              end loop;
            end $do$
            """;

    private HostileSchema() {}

    /**
     * Fills a schema, which is created unless it is there.
     *
     * @param connection of a superuser, with a clean search path
     */
    public static void fill(Connection connection, String schema) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(CREATE.formatted(schema, STATE, TYPES, OPERATORS));
        }
    }
}
