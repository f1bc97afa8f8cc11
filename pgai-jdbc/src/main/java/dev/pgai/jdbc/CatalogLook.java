package dev.pgai.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a database tells before anything else is asked of it. It reads what everybody may read, so that it
 * never fails for want of rights or of pgai, which would abort the caller's transaction.
 *
 * @param user PostgreSQL's {@code current_user}
 * @param isolation such as {@code read committed}
 * @param installed whether there is a function {@code ai.create_vectorizer}
 * @param supported whether the functions are those of 0.10.2 or newer
 * @param version the version of a catalog that is too old, or null when it may not be read or nobody needs it
 * @param ai what the user may do in schema {@code ai}
 */
record CatalogLook(
        String database,
        String user,
        String isolation,
        boolean installed,
        boolean supported,
        @Nullable String version,
        AiRights ai) {

    /** Rights on what the catalog consists of. */
    record AiRights(
            boolean usage,
            boolean select,
            boolean insert,
            boolean update,
            boolean delete,
            boolean nextId,
            boolean execute,
            boolean selectErrors,
            boolean selectProgress) {}

    /*
     * Every name is qualified, operators included: with a search path like "mine, pg_catalog" others come first.
     * to_regclass() is not used, because it raises 42501 without USAGE on the schema. The version is in a table that
     * may be missing, hence ts_stat(): see ManagedObjectsQuery. The extension ai had the catalog inside up to 0.9.
     */
    static final String SQL = """
            with ns as (
              select n.oid from pg_catalog.pg_namespace n where n.nspname operator(pg_catalog.=) 'ai'
            ), rel as (
              select c.oid, c.relname from pg_catalog.pg_class c, ns
              where c.relnamespace operator(pg_catalog.=) ns.oid
            ), fn as (
              select p.oid, p.proname, p.proargnames, p.proargtypes from pg_catalog.pg_proc p, ns
              where p.pronamespace operator(pg_catalog.=) ns.oid
            ), creator as (
              select fn.oid from fn where fn.proname operator(pg_catalog.=) 'create_vectorizer'
              and 'if_not_exists' operator(pg_catalog.=) any (fn.proargnames)
            ), vectorizer as (
              select rel.oid from rel where rel.relname operator(pg_catalog.=) 'vectorizer'
            ), generation as (
              select exists (select from fn where fn.proname operator(pg_catalog.=) 'create_vectorizer') as installed,
                exists (select from creator)
                and exists (select from fn where fn.proname operator(pg_catalog.=) 'drop_vectorizer'
                  and fn.proargtypes[0] operator(pg_catalog.=) 'pg_catalog.text'::pg_catalog.regtype)
                and exists (select from rel join pg_catalog.pg_attribute a on a.attrelid operator(pg_catalog.=) rel.oid
                  where rel.relname operator(pg_catalog.=) 'vectorizer_status'
                  and a.attname operator(pg_catalog.=) 'name') as supported
            )
            select
              pg_catalog.current_database() as database,
              current_user as "user",
              pg_catalog.current_setting('transaction_isolation') as isolation,
              generation.installed,
              generation.supported,
              coalesce(
                (select pg_catalog.substr(s.word, 2) from ns, rel
                  cross join lateral pg_catalog.ts_stat(
                    case when generation.installed and not generation.supported
                      and pg_catalog.has_schema_privilege(ns.oid, 'usage')
                      and pg_catalog.has_table_privilege(rel.oid, 'select')
                    then $q$ select pg_catalog.array_to_tsvector(array[pg_catalog.concat('v', v.version)])
                      from ai.pgai_lib_version v where v.name operator(pg_catalog.=) 'ai' $q$ end) s
                  where rel.relname operator(pg_catalog.=) 'pgai_lib_version'),
                (select e.extversion from pg_catalog.pg_extension e
                  where e.extname operator(pg_catalog.=) 'ai')) as version,
              (select pg_catalog.has_schema_privilege(ns.oid, 'usage') from ns) as ai_usage,
              (select pg_catalog.has_table_privilege(v.oid, 'select') from vectorizer v) as ai_select,
              (select pg_catalog.has_table_privilege(v.oid, 'insert') from vectorizer v) as ai_insert,
              (select pg_catalog.has_table_privilege(v.oid, 'update') from vectorizer v) as ai_update,
              (select pg_catalog.has_table_privilege(v.oid, 'delete') from vectorizer v) as ai_delete,
              (select pg_catalog.has_sequence_privilege(rel.oid, 'usage, update') from rel
                where rel.relname operator(pg_catalog.=) 'vectorizer_id_seq') as ai_next_id,
              (select pg_catalog.has_function_privilege(creator.oid, 'execute') from creator) as ai_execute,
              (select pg_catalog.has_table_privilege(rel.oid, 'select') from rel
                where rel.relname operator(pg_catalog.=) 'vectorizer_errors') as ai_select_errors,
              (select pg_catalog.has_table_privilege(rel.oid, 'select') from rel
                where rel.relname operator(pg_catalog.=) 'vectorizer_worker_progress') as ai_select_progress
            from generation
            """;

    static CatalogLook at(Connection connection, String doing) {
        return Statements.lookUp(connection, SQL, (sql, e) -> SqlErrors.of(doing, sql, e), rows -> {
            rows.next();
            return read(rows);
        });
    }

    static CatalogLook read(ResultSet row) throws SQLException {
        return new CatalogLook(
                row.getString("database"),
                row.getString("user"),
                row.getString("isolation"),
                row.getBoolean("installed"),
                row.getBoolean("supported"),
                row.getString("version"),
                new AiRights(
                        row.getBoolean("ai_usage"),
                        row.getBoolean("ai_select"),
                        row.getBoolean("ai_insert"),
                        row.getBoolean("ai_update"),
                        row.getBoolean("ai_delete"),
                        row.getBoolean("ai_next_id"),
                        row.getBoolean("ai_execute"),
                        row.getBoolean("ai_select_errors"),
                        row.getBoolean("ai_select_progress")));
    }

    void requireCatalog() {
        if (!installed) {
            throw new PgaiNotInstalledException(database);
        }
        if (!supported) {
            throw new CatalogTooOldException(database, version);
        }
    }

    /** Another transaction cannot be seen once this one has looked. */
    boolean keepsItsSnapshot() {
        return !isolation.startsWith("read ");
    }
}
