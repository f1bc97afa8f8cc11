package dev.pgai.jdbc.install;

import dev.pgai.catalog.CatalogScript;
import dev.pgai.sql.SqlText;
import org.jspecify.annotations.Nullable;

/**
 * The one statement that installs: lock, second look, extension, script. It is a DO block, because then the script is
 * atomic whatever the connection's mode. With autocommit on, the driver sends a text of many statements one by one in
 * its default query mode, where the script's LOCK TABLE is refused and each part would be a transaction of its own.
 *
 * <p>Whoever may create objects in a schema of the search path could have them run here, by a superuser. So the path is
 * narrowed first, for our own text and for the script's. What is read before that is qualified: the types of variables,
 * and their values.
 */
final class InstallStatement {

    /**
     * Taken until the end of the transaction, so that installers wait for each other; an installer that does not know
     * the advisory lock holds the table's.
     */
    static final String LOCK = "do " + SqlText.literal("""
            begin
              perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('dev.pgai.jdbc.install', 0));
              if pg_catalog.to_regclass('ai.pgai_lib_migration') is not null then
                lock table ai.pgai_lib_migration;
              end if;
            end
            """);

    private static final String PLACEHOLDER = "@extschema:vector@";

    private static final String BODY = """
              search_path_before constant pg_catalog.text := pg_catalog.current_setting('search_path');
              found_version pg_catalog.text;
              found_vector pg_catalog.text;
              rendered pg_catalog.text;
              still_missing pg_catalog.text;
              grants pg_catalog.text[];
              statement pg_catalog.text;
              error_state pg_catalog.text;
              error_message pg_catalog.text;
              error_detail pg_catalog.text;
              error_hint pg_catalog.text;
              error_context pg_catalog.text;
            begin
              perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
              -- The rollback of the inner block leaves the path as it is here.
              begin
                execute take_lock;
                -- Sees what others committed also where the transaction's own look does not.
                if to_regclass('ai.pgai_lib_version') is not null then
                  select v.version into found_version from ai.pgai_lib_version v where v.name = 'ai';
                  found_version := coalesce(found_version, '');
                end if;
                select n.nspname into found_vector
                from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'vector';
                if found_version is distinct from seen_version or found_vector is distinct from seen_vector then
                  raise exception using errcode = 'serialization_failure',
                    message = format('pgai catalog and schema of the extension vector seen: %s, %s; now: %s, %s',
                      coalesce(seen_version, 'none'), coalesce(seen_vector, 'none'),
                      coalesce(found_version, 'none'), coalesce(found_vector, 'none'));
                end if;
                if found_vector is null then
                  execute 'create extension vector schema ' || quote_ident(vector_schema);
                end if;

                -- Without the column "name" the view is from before 0.10.2, and no newer script can replace it.
                if exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                  where n.nspname = 'ai' and c.relname = 'vectorizer_status'
                  and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'name'))
                then
                  select array_agg(format('grant %s on ai.vectorizer_status to %s%s',
                    a.privilege_type,
                    case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end,
                    case when a.is_grantable then ' with grant option' else '' end))
                  into grants
                  from pg_class c, aclexplode(c.relacl) a
                  where c.oid = 'ai.vectorizer_status'::regclass and a.grantee <> c.relowner;
                  drop view ai.vectorizer_status;
                end if;

                -- A script refuses to run over its own version. It enters it again.
                if found_version = new_version then
                  delete from ai.pgai_lib_version v where v.name = 'ai';
                end if;
                rendered := replace(script, placeholder, quote_ident(vector_schema));
                execute rendered;
                -- Whatever the script has set.
                perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);

                foreach statement in array coalesce(grants, '{}') loop
                  execute statement;
                end loop;
                if not exists (select from ai.pgai_lib_version v where v.name = 'ai' and v.version = new_version) then
                  raise exception 'the script did not enter its version % into ai.pgai_lib_version', new_version;
                end if;
                select string_agg(f.name, ', ai.' order by f.name) into still_missing from unnest(lost) f (name)
                where not exists (select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                  where n.nspname = 'ai' and p.proname = f.name);
                if still_missing is not null then
                  raise exception 'the script did not make again what is missing: ai.%', still_missing;
                end if;
              exception
                -- Raised again, because the original carries the whole script as its context.
                when query_canceled or others then
                  get stacked diagnostics
                    error_state = returned_sqlstate,
                    error_message = message_text,
                    error_detail = pg_exception_detail,
                    error_hint = pg_exception_hint,
                    error_context = pg_exception_context;
                  error_context := split_part(error_context, 'SQL statement "' || left(rendered, 40), 1);
                  raise exception using errcode = error_state, message = error_message,
                    detail = concat_ws(chr(10),
                      'While installing pgai ' || new_version || '.',
                      nullif(error_detail, ''), nullif(error_hint, ''), nullif(btrim(error_context, chr(10)), ''));
              end;
              -- Until the end of the transaction, which may be the caller's.
              perform pg_catalog.set_config('search_path', search_path_before, true);
            end
            """;

    private InstallStatement() {}

    /**
     * Renders the statement.
     *
     * @param state what the plan rests on; when version or schema are others by now, the statement fails with 40001
     */
    static String render(CatalogScript script, DatabaseState state, InstallPlan plan) {
        return "do "
                + SqlText.literal("declare\n"
                        + declaration("take_lock", LOCK)
                        + declaration("script", script.sql())
                        + declaration("placeholder", PLACEHOLDER)
                        + declaration("new_version", script.version())
                        + declaration("seen_version", state.status().version())
                        + declaration("seen_vector", state.status().vectorSchema())
                        + declaration("vector_schema", plan.vectorSchema())
                        + "  lost constant pg_catalog.text[] := "
                        + SqlText.literal("{" + String.join(",", plan.lost()) + "}")
                        + ";\n"
                        + BODY);
    }

    private static String declaration(String name, @Nullable String value) {
        return "  " + name + " constant pg_catalog.text := " + (value == null ? "null" : SqlText.literal(value))
                + ";\n";
    }
}
