package dev.pgai.jdbc.install;

import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.CatalogLook.Access;
import dev.pgai.jdbc.connection.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a database tells an installer.
 *
 * @param user PostgreSQL's {@code current_user}
 * @param serverVersionNumber such as 170011
 * @param versionReadable whether the user may read {@code ai.pgai_lib_version}; false when there is none
 * @param vectorAvailable whether {@code create extension vector} has something to create
 * @param vectorType the type of embeddings as the catalog's functions write it, when it is not there; else null
 * @param vectorHome the schema of that type, or null when there is no such schema
 * @param currentSchema the first schema of the search path that is there, or null when none is
 * @param missingFunctions those that this library calls, and that are not in schema {@code ai}
 * @param schemaInUse whether a schema {@code ai} exists with anything in it
 * @param untrustedOwner who owns schema {@code ai}, or null without one, or when it is the user, a role that the user
 *     is a member of, the owner of the database, or a superuser
 * @param owner who owns the catalog's tables, or null without a catalog; {@code pg_database_owner} is resolved
 * @param mayCreate whether the user may create schema {@code ai} and objects in it
 */
public record DatabaseState(
        InstalledCatalog status,
        String user,
        int serverVersionNumber,
        boolean versionReadable,
        boolean vectorAvailable,
        @Nullable String vectorType,
        @Nullable String vectorHome,
        @Nullable String currentSchema,
        List<String> missingFunctions,
        boolean schemaInUse,
        @Nullable String untrustedOwner,
        @Nullable String owner,
        boolean mayCreate) {

    /*
     * The catalog's own tables are found in pg_catalog, which anybody may read: to_regclass() raises 42501 without USAGE
     * on the schema. query_to_xml() is a query that is parsed only when it is reached, so that one statement can read a
     * table that may be missing or forbidden.
     */
    private static final String FACTS = """
            with ns as (
              select n.oid, n.nspowner from pg_catalog.pg_namespace n where n.nspname operator(pg_catalog.=) 'ai'
            ), rel as (
              select c.relname, c.oid, c.relowner
              from ns join pg_catalog.pg_class c on c.relnamespace operator(pg_catalog.=) ns.oid
              where c.relname operator(pg_catalog.=) any
                (array['pgai_lib_migration', 'pgai_lib_version']::pg_catalog.name[])
            ), lib as (
              select rel.oid,
                pg_catalog.has_schema_privilege(ns.oid, 'usage')
                  and pg_catalog.has_table_privilege(rel.oid, 'select') as readable
              from rel cross join ns
              where rel.relname operator(pg_catalog.=) 'pgai_lib_version' and {has_columns}
            ), ext as (
              select e.extname, e.extversion, n.nspname
              from pg_catalog.pg_extension e
              join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) e.extnamespace
            )
            select
              pg_catalog.current_setting('server_version') as postgres_version,
              pg_catalog.current_setting('server_version_num')::pg_catalog.int4 as server_version_number,
              exists (select from lib) as has_version,
              coalesce((select lib.readable from lib), false) as readable,
              case when (select lib.readable from lib) then
                pg_catalog.substring(
                  pg_catalog.query_to_xml(
                    'select v.version from ai.pgai_lib_version v where v.name operator(pg_catalog.=) ''ai''',
                    false, true, '')::pg_catalog.text,
                  '<version>(.*)</version>')
              end as catalog_version,
              (select ext.extversion from ext where ext.extname operator(pg_catalog.=) 'vector') as vector_version,
              (select ext.nspname from ext where ext.extname operator(pg_catalog.=) 'vector') as vector_schema,
              (select ext.extversion from ext where ext.extname operator(pg_catalog.=) 'timescaledb')
                as timescaledb_version,
              (select ext.extversion from ext where ext.extname operator(pg_catalog.=) 'vectorscale')
                as vectorscale_version,
              exists (select from ext where ext.extname operator(pg_catalog.=) 'vector')
                or exists (select from pg_catalog.pg_available_extensions x
                  where x.name operator(pg_catalog.=) 'vector') as vector_available,
              pg_catalog.current_schema() as current_schema,
              exists (select from ns join pg_catalog.pg_class c on c.relnamespace operator(pg_catalog.=) ns.oid)
                or exists (select from ns join pg_catalog.pg_proc p on p.pronamespace operator(pg_catalog.=) ns.oid)
                or exists (select from ns join pg_catalog.pg_type t on t.typnamespace operator(pg_catalog.=) ns.oid)
                as schema_in_use,
              (select o.rolname from ns
                join pg_catalog.pg_roles o on o.oid operator(pg_catalog.=) ns.nspowner
                join pg_catalog.pg_roles u on u.rolname operator(pg_catalog.=) current_user
                join pg_catalog.pg_database d on d.datname operator(pg_catalog.=) pg_catalog.current_database()
                where not o.rolsuper and o.rolname operator(pg_catalog.<>) 'pg_database_owner'
                and o.oid operator(pg_catalog.<>) d.datdba and o.oid operator(pg_catalog.<>) u.oid
                and (u.rolsuper or not pg_catalog.pg_has_role(o.oid, 'member'))) as untrusted_owner,
              (select pg_catalog.pg_get_userbyid(
                  case when pg_catalog.pg_get_userbyid(rel.relowner) operator(pg_catalog.=) 'pg_database_owner'
                    then d.datdba else rel.relowner end)
                from rel cross join pg_catalog.pg_database d
                where d.datname operator(pg_catalog.=) pg_catalog.current_database()
                order by rel.relname limit 1) as owner,
              pg_catalog.has_database_privilege(pg_catalog.current_database(), 'create')
                and not exists (select from ns where not pg_catalog.has_schema_privilege(ns.oid, 'create')) as may_create
            """.replace("{has_columns}", CatalogLook.VERSION_COLUMNS);

    private static final String SQL = "select look.*, facts.*,"
            + " (select n.nspname from pg_catalog.pg_namespace n"
            + " where pg_catalog.replace(pg_catalog.concat(pg_catalog.quote_ident(n.nspname), '.vector'), '\"', '')"
            + " operator(pg_catalog.=) pg_catalog.replace(look.missing_vector, '\"', '')) as vector_home"
            + " from (" + CatalogLook.SQL + ") look cross join (" + FACTS + ") facts";

    /** Changes nothing, and needs no rights. */
    public static DatabaseState read(Database database) {
        return database.query(SQL, rows -> {
            rows.next();
            return read(rows);
        });
    }

    private static DatabaseState read(ResultSet row) throws SQLException {
        CatalogLook look = CatalogLook.read(row);
        boolean installed = row.getBoolean("has_version");
        boolean supported = installed && look.installed() && look.supported();
        return new DatabaseState(
                new InstalledCatalog(
                        look.database(),
                        row.getString("postgres_version"),
                        installed,
                        row.getString("catalog_version"),
                        supported,
                        supported ? missing(look) : List.of(),
                        row.getString("vector_version"),
                        row.getString("vector_schema"),
                        look.extension(),
                        row.getString("timescaledb_version"),
                        row.getString("vectorscale_version")),
                look.user(),
                row.getInt("server_version_number"),
                row.getBoolean("readable"),
                row.getBoolean("vector_available"),
                look.missingVector(),
                row.getString("vector_home"),
                row.getString("current_schema"),
                look.missingFunctions(),
                row.getBoolean("schema_in_use"),
                row.getString("untrusted_owner"),
                row.getString("owner"),
                row.getBoolean("may_create"));
    }

    private static List<String> missing(CatalogLook look) {
        List<String> missing = new ArrayList<>();
        look.missingFunctions().forEach(name -> missing.add("ai." + name));
        if (look.ai().errors() == Access.MISSING_TABLE) {
            missing.add("ai.vectorizer_errors");
        }
        if (look.ai().progress() == Access.MISSING_TABLE) {
            missing.add("ai.vectorizer_worker_progress");
        }
        if (look.missingVector() != null) {
            missing.add(look.missingVector());
        }
        return List.copyOf(missing);
    }
}
