package dev.pgai.jdbc.install;

import dev.pgai.sql.SqlText;
import org.jspecify.annotations.Nullable;

/**
 * The one statement that installs: lock, second look, extension, script. It is a DO block, because then the script is
 * atomic whatever the connection's mode. With autocommit on, the driver sends a text of many statements one by one in
 * its default query mode, where the script's LOCK TABLE is refused and each part would be a transaction of its own.
 */
final class InstallStatement {

    /** Taken until the end of the transaction, so that installers wait for each other. */
    static final String LOCK =
            "select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('dev.pgai.jdbc.install', 0))";

    private static final String BODY = """
              search_path_before text := pg_catalog.current_setting('search_path');
              found_version text;
              vector_schema text;
              vector_created bool := false;
              rendered text;
              grants text[];
              statement text;
              error_state text;
              error_message text;
              error_detail text;
              error_hint text;
              error_context text;
            begin
              execute take_lock;
              -- An installer that does not know the advisory lock holds this one.
              if pg_catalog.to_regclass('ai.pgai_lib_migration') is not null then
                lock table ai.pgai_lib_migration;
              end if;
              if pg_catalog.to_regclass('ai.pgai_lib_version') is not null then
                select version into found_version from ai.pgai_lib_version where name = 'ai';
                found_version := coalesce(found_version, '');
              end if;
              if found_version is distinct from seen_version then
                raise exception using errcode = 'serialization_failure',
                  message = pg_catalog.format('version of the pgai catalog seen: %s; now: %s',
                    coalesce(seen_version, 'none'), coalesce(found_version, 'none'));
              end if;

              select n.nspname into vector_schema
              from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
              where e.extname = 'vector';
              if vector_schema is null then
                vector_schema := coalesce(new_vector_schema, pg_catalog.current_schema());
                vector_created := true;
              end if;
              -- The script puts the name into strings and into format(), where these would mean something.
              if vector_schema <> pg_catalog.translate(vector_schema, '"''$%' || pg_catalog.chr(92), '') then
                raise exception using errcode = 'invalid_schema_name',
                  message = pg_catalog.format('%I cannot be the schema of the extension vector', vector_schema),
                  detail = 'The name has a quote, a dollar sign, a percent sign or a backslash in it.';
              end if;
              if vector_created then
                execute 'create extension vector' || coalesce(' schema ' || pg_catalog.quote_ident(vector_schema), '');
              end if;

              -- Without the column "name" the view is from before 0.10.2, and no newer script can replace it.
              if pg_catalog.to_regclass('ai.vectorizer_status') is not null and not exists (
                select from pg_catalog.pg_attribute
                where attrelid = pg_catalog.to_regclass('ai.vectorizer_status') and attname = 'name')
              then
                select pg_catalog.array_agg(pg_catalog.format('grant %s on ai.vectorizer_status to %s%s',
                  a.privilege_type,
                  case a.grantee when 0 then 'public' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) end,
                  case when a.is_grantable then ' with grant option' else '' end))
                into grants
                from pg_catalog.pg_class c, pg_catalog.aclexplode(c.relacl) a
                where c.oid = pg_catalog.to_regclass('ai.vectorizer_status') and a.grantee <> c.relowner;
                drop view ai.vectorizer_status;
              end if;

              rendered := pg_catalog.replace(script, placeholder, pg_catalog.quote_ident(vector_schema));
              execute rendered;

              foreach statement in array coalesce(grants, '{}') loop
                execute statement;
              end loop;
              if not exists (select from ai.pgai_lib_version where name = 'ai' and version = new_version) then
                raise exception 'the script did not enter its version % into ai.pgai_lib_version', new_version;
              end if;
              -- The script narrows the search path until the end of the transaction, which may be the caller's.
              perform pg_catalog.set_config('search_path', search_path_before, true);
            exception
              -- Raised again, because the original carries the whole script as its context.
              when query_canceled or others then
                get stacked diagnostics
                  error_state = returned_sqlstate,
                  error_message = message_text,
                  error_detail = pg_exception_detail,
                  error_hint = pg_exception_hint,
                  error_context = pg_exception_context;
                error_context := pg_catalog.split_part(error_context, 'SQL statement "' || pg_catalog.left(rendered, 40), 1);
                raise exception using errcode = error_state, message = error_message,
                  detail = pg_catalog.concat_ws(pg_catalog.chr(10),
                    'While installing pgai ' || new_version || '.',
                    nullif(error_detail, ''), nullif(error_hint, ''), nullif(pg_catalog.btrim(error_context, pg_catalog.chr(10)), ''));
            end
            """;

    private InstallStatement() {}

    /**
     * Renders the statement.
     *
     * @param seenVersion the version that the caller's decision rests on, or null when no catalog was seen; when it is
     *     another by now, the statement fails with 40001
     * @param newVectorSchema where to create the extension {@code vector} if need be; null leaves it to the search path
     */
    static String render(CatalogScript script, @Nullable String seenVersion, @Nullable String newVectorSchema) {
        return "do "
                + SqlText.literal("declare\n"
                        + declaration("take_lock", LOCK)
                        + declaration("script", script.sql())
                        + declaration("placeholder", CatalogScript.VECTOR_SCHEMA_PLACEHOLDER)
                        + declaration("new_version", script.version())
                        + declaration("seen_version", seenVersion)
                        + declaration("new_vector_schema", newVectorSchema)
                        + BODY);
    }

    private static String declaration(String name, @Nullable String value) {
        return "  " + name + " constant text := " + (value == null ? "null" : SqlText.literal(value)) + ";\n";
    }
}
