package dev.pgai.jdbc;

import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
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
 * @param versionReadable whether {@code ai.pgai_lib_version} is there and the user may read it
 * @param extensionVersion the version of the extension {@code ai}, which had the catalog inside up to 0.9
 * @param ai what the user may do in schema {@code ai}
 * @param source the table that a definition names, or null when it is missing or none was asked for
 * @param target the schema of a store, or null when it is missing or none was asked for
 * @param queue the schema of a queue, or null when it is missing or none was asked for
 */
record CatalogLook(
        String database,
        String user,
        String isolation,
        boolean installed,
        boolean supported,
        boolean versionReadable,
        @Nullable String extensionVersion,
        AiRights ai,
        @Nullable Source source,
        @Nullable SchemaRights target,
        @Nullable SchemaRights queue) {

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

    /** Rights on a schema. */
    record SchemaRights(boolean usage, boolean create) {}

    /**
     * A table, and rights on it.
     *
     * @param mayActAsOwner whether the user owns it, is a member of the role that does, or is a superuser
     */
    record Source(String owner, boolean mayActAsOwner, SchemaRights schema) {}

    /*
     * Every name is qualified, operators included: with a search path like "mine, pg_catalog" others come first.
     * to_regclass() is not used, because it raises 42501 without USAGE on the schema.
     */
    private static final String SQL = """
            with asked (source_schema, source_table, target_schema, queue_schema) as (
              values (?::pg_catalog.text, ?::pg_catalog.text, ?::pg_catalog.text, ?::pg_catalog.text)
            ), ns as (
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
            ), source as (
              select c.relowner, c.relnamespace from pg_catalog.pg_class c, pg_catalog.pg_namespace n, asked
              where n.nspname operator(pg_catalog.=) asked.source_schema
              and c.relnamespace operator(pg_catalog.=) n.oid
              and c.relname operator(pg_catalog.=) asked.source_table
            ), target as (
              select n.oid from pg_catalog.pg_namespace n, asked
              where n.nspname operator(pg_catalog.=) asked.target_schema
            ), queue as (
              select n.oid from pg_catalog.pg_namespace n, asked
              where n.nspname operator(pg_catalog.=) asked.queue_schema
            )
            select
              pg_catalog.current_database() as database,
              current_user as "user",
              pg_catalog.current_setting('transaction_isolation') as isolation,
              exists (select from fn where fn.proname operator(pg_catalog.=) 'create_vectorizer') as installed,
              exists (select from creator)
                and exists (select from fn where fn.proname operator(pg_catalog.=) 'drop_vectorizer'
                  and fn.proargtypes[0] operator(pg_catalog.=) 'pg_catalog.text'::pg_catalog.regtype)
                and exists (select from rel join pg_catalog.pg_attribute a on a.attrelid operator(pg_catalog.=) rel.oid
                  where rel.relname operator(pg_catalog.=) 'vectorizer_status'
                  and a.attname operator(pg_catalog.=) 'name') as supported,
              (select pg_catalog.has_schema_privilege(ns.oid, 'usage')
                and pg_catalog.has_table_privilege(rel.oid, 'select')
                from ns, rel where rel.relname operator(pg_catalog.=) 'pgai_lib_version') as version_readable,
              (select e.extversion from pg_catalog.pg_extension e
                where e.extname operator(pg_catalog.=) 'ai') as extension_version,
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
                where rel.relname operator(pg_catalog.=) 'vectorizer_worker_progress') as ai_select_progress,
              (select pg_catalog.pg_get_userbyid(source.relowner) from source) as source_owner,
              (select pg_catalog.pg_has_role(source.relowner, 'member') from source) as source_act_as_owner,
              (select pg_catalog.has_schema_privilege(source.relnamespace, 'usage') from source) as source_usage,
              (select pg_catalog.has_schema_privilege(source.relnamespace, 'create') from source) as source_create,
              (select pg_catalog.has_schema_privilege(target.oid, 'usage') from target) as target_usage,
              (select pg_catalog.has_schema_privilege(target.oid, 'create') from target) as target_create,
              (select pg_catalog.has_schema_privilege(queue.oid, 'usage') from queue) as queue_usage,
              (select pg_catalog.has_schema_privilege(queue.oid, 'create') from queue) as queue_create
            """;

    /** For what concerns the catalog alone. */
    static CatalogLook at(Connection connection, String doing) {
        return look(connection, doing, null, null, null);
    }

    /** For what creates the objects of a definition, too. */
    static CatalogLook at(Connection connection, String doing, VectorizerDefinition definition) {
        CatalogNames names = CatalogNames.of(definition);
        RelationName store = names.store();
        // The id does not matter for the schema.
        return look(
                connection,
                doing,
                definition.source(),
                store == null ? null : store.schema(),
                names.queue(0).schema());
    }

    private static CatalogLook look(
            Connection connection,
            String doing,
            @Nullable RelationName source,
            @Nullable String targetSchema,
            @Nullable String queueSchema) {
        return Statements.lookUp(
                connection,
                SQL,
                (sql, e) -> SqlErrors.of(doing, sql, e),
                rows -> {
                    rows.next();
                    return read(rows);
                },
                source == null ? null : source.schema(),
                source == null ? null : source.name(),
                targetSchema,
                queueSchema);
    }

    private static CatalogLook read(ResultSet row) throws SQLException {
        String owner = row.getString("source_owner");
        return new CatalogLook(
                row.getString("database"),
                row.getString("user"),
                row.getString("isolation"),
                row.getBoolean("installed"),
                row.getBoolean("supported"),
                row.getBoolean("version_readable"),
                row.getString("extension_version"),
                new AiRights(
                        row.getBoolean("ai_usage"),
                        row.getBoolean("ai_select"),
                        row.getBoolean("ai_insert"),
                        row.getBoolean("ai_update"),
                        row.getBoolean("ai_delete"),
                        row.getBoolean("ai_next_id"),
                        row.getBoolean("ai_execute"),
                        row.getBoolean("ai_select_errors"),
                        row.getBoolean("ai_select_progress")),
                owner == null ? null : new Source(owner, row.getBoolean("source_act_as_owner"), rights(row, "source")),
                row.getObject("target_usage") == null ? null : rights(row, "target"),
                row.getObject("queue_usage") == null ? null : rights(row, "queue"));
    }

    private static SchemaRights rights(ResultSet row, String schema) throws SQLException {
        return new SchemaRights(row.getBoolean(schema + "_usage"), row.getBoolean(schema + "_create"));
    }

    /** Another transaction cannot be seen once this one has looked. */
    boolean keepsItsSnapshot() {
        return !isolation.startsWith("read ");
    }
}
