package dev.pgai.jdbc.install;

import dev.pgai.database.PgaiDatabaseException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a database tells an installer.
 *
 * @param serverVersionNumber such as 170011
 * @param versionReadable whether the user may read {@code ai.pgai_lib_version}; false when there is none
 * @param vectorAvailable whether {@code create extension vector} has something to create
 * @param schemaInUse whether a schema {@code ai} exists with anything in it
 * @param owner who owns the catalog's tables, or null without a catalog; {@code pg_database_owner} is resolved
 * @param mayCreate whether the user may create schema {@code ai} and objects in it
 */
record DatabaseState(
        CatalogStatus status,
        int serverVersionNumber,
        boolean versionReadable,
        boolean vectorAvailable,
        boolean schemaInUse,
        @Nullable String owner,
        String user,
        boolean mayCreate) {

    /*
     * The catalog's own tables are found in pg_catalog, which anybody may read: to_regclass() raises 42501 without USAGE
     * on the schema. query_to_xml() is a query that is parsed only when it is reached, so that one statement can read a
     * table that may be missing or forbidden.
     */
    private static final String QUERY = """
            with ns as (
              select oid, nspowner from pg_catalog.pg_namespace where nspname = 'ai'
            ), rel as (
              select c.relname, c.oid, c.relowner
              from pg_catalog.pg_class c
              join ns on c.relnamespace = ns.oid
              where c.relname in ('pgai_lib_migration', 'pgai_lib_version', 'vectorizer_status')
            ), lib as (
              select rel.oid,
                     pg_catalog.has_schema_privilege(ns.oid, 'usage')
                       and pg_catalog.has_table_privilege(rel.oid, 'select') as readable
              from rel, ns
              where rel.relname = 'pgai_lib_version'
            ), ext as (
              select e.extname, e.extversion, n.nspname
              from pg_catalog.pg_extension e
              join pg_catalog.pg_namespace n on n.oid = e.extnamespace
            )
            select
              pg_catalog.current_database() as database,
              pg_catalog.current_setting('server_version') as postgres_version,
              pg_catalog.current_setting('server_version_num')::int as server_version_number,
              current_user as "user",
              exists (select from lib) as installed,
              coalesce((select readable from lib), false) as readable,
              case when (select readable from lib) then
                substring(
                  pg_catalog.query_to_xml(
                    'select version from ai.pgai_lib_version where name operator(pg_catalog.=) ''ai''',
                    false, true, '')::text
                  from '<version>(.*)</version>')
              end as version,
              exists (
                select from pg_catalog.pg_proc p join ns on p.pronamespace = ns.oid
                where p.proname = 'create_vectorizer' and 'if_not_exists' = any (p.proargnames))
              and exists (
                select from pg_catalog.pg_attribute a join rel on a.attrelid = rel.oid
                where rel.relname = 'vectorizer_status' and a.attname = 'name') as supported,
              (select extversion from ext where extname = 'vector') as vector_version,
              (select nspname from ext where extname = 'vector') as vector_schema,
              (select extversion from ext where extname = 'ai') as ai_version,
              (select extversion from ext where extname = 'timescaledb') as timescaledb_version,
              (select extversion from ext where extname = 'vectorscale') as vectorscale_version,
              case when exists (select from ext where extname = 'vector') then true
                else exists (select from pg_catalog.pg_available_extensions where name = 'vector')
              end as vector_available,
              exists (select from pg_catalog.pg_class c join ns on c.relnamespace = ns.oid)
                or exists (select from pg_catalog.pg_proc p join ns on p.pronamespace = ns.oid)
                or exists (select from pg_catalog.pg_type t join ns on t.typnamespace = ns.oid) as schema_in_use,
              (select pg_catalog.pg_get_userbyid(
                        case when pg_catalog.pg_get_userbyid(rel.relowner) = 'pg_database_owner'
                          then d.datdba else rel.relowner end)
               from rel, pg_catalog.pg_database d
               where rel.relname <> 'vectorizer_status' and d.datname = pg_catalog.current_database()
               order by rel.relname limit 1) as owner,
              pg_catalog.has_database_privilege(pg_catalog.current_database(), 'create')
                and not exists (select from ns where not pg_catalog.has_schema_privilege(ns.oid, 'create')) as may_create
            """;

    static DatabaseState read(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            CatalogStatus status = new CatalogStatus(
                    row.getString("database"),
                    row.getString("postgres_version"),
                    row.getBoolean("installed"),
                    row.getString("version"),
                    row.getBoolean("supported"),
                    row.getString("vector_version"),
                    row.getString("vector_schema"),
                    row.getString("ai_version"),
                    row.getString("timescaledb_version"),
                    row.getString("vectorscale_version"));
            return new DatabaseState(
                    status,
                    row.getInt("server_version_number"),
                    row.getBoolean("readable"),
                    row.getBoolean("vector_available"),
                    row.getBoolean("schema_in_use"),
                    row.getString("owner"),
                    row.getString("user"),
                    row.getBoolean("may_create"));
        } catch (SQLException e) {
            throw new PgaiDatabaseException(
                    "Cannot read what of pgai is installed in this database: " + e.getMessage(),
                    QUERY,
                    e.getSQLState(),
                    e);
        }
    }
}
