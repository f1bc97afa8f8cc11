package dev.pgai.jdbc.check;

import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.Column;
import dev.pgai.jdbc.check.DefinitionFacts.SchemaRights;
import dev.pgai.jdbc.check.DefinitionFacts.Wanted;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.UnknownOption;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that a database holds for one definition, in one query that cannot fail for want of rights or of pgai.
 *
 * <p>The queue that is not named gets the id that the sequence gives next. The sequence is read after the snapshot is
 * taken, so that what others create at the same time is never taken for something left over.
 *
 * <p>Whose a name is that is taken, is asked of all vectorizers when one is taken, and else not: there are indexes on
 * name and id alone.
 */
final class DefinitionQuery {

    private static final String FACTS = """
            with asked (source_schema, source_table, target_schema, store, view, queue_schema, queue_table,
                vectorizer, embedding_column, roles, roles_setting, functions) as (
              values (?::pg_catalog.text, ?::pg_catalog.text, ?::pg_catalog.text, ?::pg_catalog.text,
                ?::pg_catalog.text, ?::pg_catalog.text, ?::pg_catalog.text, ?::pg_catalog.text, ?::pg_catalog.text,
                ?::pg_catalog.text[], ?::pg_catalog.text, ?::pg_catalog.text[])
            ), source as (
              select c.oid, c.relkind, c.relowner, c.relnamespace, c.relrowsecurity
              from asked
              join pg_catalog.pg_namespace n on n.nspname operator(pg_catalog.=) asked.source_schema
              join pg_catalog.pg_class c on c.relnamespace operator(pg_catalog.=) n.oid
                and c.relname operator(pg_catalog.=) asked.source_table
            ), target as (
              select n.oid from asked
              join pg_catalog.pg_namespace n on n.nspname operator(pg_catalog.=) asked.target_schema
            ), queue as (
              select n.oid from asked
              join pg_catalog.pg_namespace n on n.nspname operator(pg_catalog.=) asked.queue_schema
            ), ai as (
              select n.oid from pg_catalog.pg_namespace n where n.nspname operator(pg_catalog.=) 'ai'
            ), next_id as materialized (
              select s.word::pg_catalog.int8 as id
              from ai
              join pg_catalog.pg_class c on c.relnamespace operator(pg_catalog.=) ai.oid
                and c.relname operator(pg_catalog.=) 'vectorizer_id_seq'
                and c.relkind operator(pg_catalog.=) 'S'::pg_catalog."char"
              cross join lateral pg_catalog.ts_stat(
                case when pg_catalog.has_sequence_privilege(c.oid, 'select')
                  and pg_catalog.has_schema_privilege(ai.oid, 'usage') then $q$
                  select pg_catalog.array_to_tsvector(array[(s.last_value operator(pg_catalog.+)
                    case when s.is_called then i.seqincrement else 0::pg_catalog.int8 end)::pg_catalog.text])
                  from ai.vectorizer_id_seq s join pg_catalog.pg_sequence i
                    on i.seqrelid operator(pg_catalog.=) s.tableoid $q$ end) s
              limit 1
            ), names as (
              select asked.*,
                coalesce(asked.queue_table, pg_catalog.concat('_vectorizer_q_', next_id.id)) as queue,
                pg_catalog.concat('_vectorizer_q_failed_', next_id.id) as failed_queue,
                pg_catalog.concat('_vectorizer_src_trg_', next_id.id) as trigger,
                next_id.id as next_id
              from asked left join next_id on true
            ), wanted as (
              select w.role, n.oid as namespace, n.nspname, w.name
              from names
              cross join lateral (values
                ('VIEW', names.source_schema, names.view),
                ('STORE', names.target_schema, names.store),
                ('QUEUE', names.queue_schema, names.queue),
                ('FAILED_QUEUE', names.queue_schema, names.failed_queue))
                w (role, schema, name)
              join pg_catalog.pg_namespace n on n.nspname operator(pg_catalog.=) w.schema
            ), store as (
              select c.oid from wanted w
              join pg_catalog.pg_class c on c.relnamespace operator(pg_catalog.=) w.namespace
                and c.relname operator(pg_catalog.=) w.name
              where w.role operator(pg_catalog.=) 'STORE'
            ), taken as (
              select w.role, c.relkind::pg_catalog.text as kind, w.nspname, w.name
              from wanted w
              join pg_catalog.pg_class c on c.relnamespace operator(pg_catalog.=) w.namespace
                and c.relname operator(pg_catalog.=) w.name
              union all
              select w.role, 'type', w.nspname, w.name
              from wanted w
              join pg_catalog.pg_type t on t.typnamespace operator(pg_catalog.=) w.namespace
                and t.typname operator(pg_catalog.=) w.name
              where t.typrelid operator(pg_catalog.=) 0::pg_catalog.oid
                and not exists (select from pg_catalog.pg_type e where e.oid operator(pg_catalog.=) t.typelem
                  and e.typarray operator(pg_catalog.=) t.oid)
              union all
              select 'TRIGGER', 'function', names.queue_schema, p.proname
              from names cross join queue
              join pg_catalog.pg_proc p on p.pronamespace operator(pg_catalog.=) queue.oid
                and p.proname operator(pg_catalog.=) names.trigger
                and p.pronargs operator(pg_catalog.=) 0::pg_catalog.int2
              union all
              select 'TRIGGER', 'trigger', names.source_schema, t.tgname
              from names cross join source
              join pg_catalog.pg_trigger t on t.tgrelid operator(pg_catalog.=) source.oid
                and t.tgname operator(pg_catalog.=) any (array[names.trigger,
                  pg_catalog.concat(names.trigger, '_truncate')]::pg_catalog.name[])
            ), role as (
              select r.name from asked cross join lateral pg_catalog.unnest(asked.roles) r (name)
              union
              select pg_catalog.btrim(r.name) from asked cross join lateral pg_catalog.unnest(
                pg_catalog.string_to_array(pg_catalog.current_setting(asked.roles_setting, true), ',')) r (name)
            )
            select
              (select source.relkind::pg_catalog.text from source) as source_kind,
              (select pg_catalog.pg_has_role(source.relowner, 'usage') from source) as source_act_as_owner,
              (select source.relrowsecurity from source) as source_row_security,
              (select pg_catalog.has_schema_privilege(source.relnamespace, 'usage') from source) as source_usage,
              (select pg_catalog.has_schema_privilege(source.relnamespace, 'create') from source) as source_create,
              (select pg_catalog.has_schema_privilege(target.oid, 'usage') from target) as target_usage,
              (select pg_catalog.has_schema_privilege(target.oid, 'create') from target) as target_create,
              (select pg_catalog.has_schema_privilege(queue.oid, 'usage') from queue) as queue_usage,
              (select pg_catalog.has_schema_privilege(queue.oid, 'create') from queue) as queue_create,
              {columns} as columns,
              {store_columns} as store_columns,
              {store_keys} as store_keys,
              (select c.relkind::pg_catalog.text from store join pg_catalog.pg_class c
                on c.oid operator(pg_catalog.=) store.oid) as store_kind,
              (select pg_catalog.pg_has_role(c.relowner, 'usage') from store join pg_catalog.pg_class c
                on c.oid operator(pg_catalog.=) store.oid) as store_act_as_owner,
              exists (select from wanted w
                join pg_catalog.pg_class c on c.relnamespace operator(pg_catalog.=) w.namespace
                  and c.relname operator(pg_catalog.=) w.name and c.relkind operator(pg_catalog.=) 'v'::pg_catalog."char"
                join pg_catalog.pg_rewrite r on r.ev_class operator(pg_catalog.=) c.oid
                join pg_catalog.pg_depend d
                  on d.classid operator(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass::pg_catalog.oid
                  and d.objid operator(pg_catalog.=) r.oid
                  and d.refclassid operator(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid
                join store on store.oid operator(pg_catalog.=) d.refobjid
                where w.role operator(pg_catalog.=) 'VIEW') as store_shown,
              (select i.indkey::pg_catalog.text from source join pg_catalog.pg_index i
                on i.indrelid operator(pg_catalog.=) source.oid and i.indisprimary) as source_key,
              (select pg_catalog.array_agg(array[taken.role, taken.kind, taken.nspname::pg_catalog.text,
                  taken.name::pg_catalog.text]) from taken) as taken,
              (select pg_catalog.array_agg(pg_catalog.string_to_array(s.word, '.'))
                from names cross join lateral pg_catalog.ts_stat(
                  case when look.supported and look.ai_usage and look.ai_select then pg_catalog.format($q$
                    select pg_catalog.array_to_tsvector(array[pg_catalog.concat_ws('.', v.id, v.same_name, v.same_column,
                      v.same_id, v.view, v.store, v.queue, v.failed_queue, v.trigger,
                      pg_catalog.encode(pg_catalog.convert_to(v.name::pg_catalog.text, 'UTF8'), 'hex'))])
                    from (select w.id, w.name, w.name operator(pg_catalog.=) %1$L::pg_catalog.text as same_name,
                        coalesce(w.source_schema operator(pg_catalog.=) %2$L::pg_catalog.text
                          and w.source_table operator(pg_catalog.=) %3$L::pg_catalog.text
                          and pg_catalog.jsonb_extract_path_text(w.config, 'destination', 'embedding_column')
                            operator(pg_catalog.=) %4$L::pg_catalog.text, false) as same_column,
                        coalesce(w.id operator(pg_catalog.=) %5$L::pg_catalog.int8, false) as same_id,
                        coalesce(pg_catalog.jsonb_extract_path_text(w.config, 'destination', 'view_schema')
                            operator(pg_catalog.=) %2$L::pg_catalog.text
                          and pg_catalog.jsonb_extract_path_text(w.config, 'destination', 'view_name')
                            operator(pg_catalog.=) %6$L::pg_catalog.text, false) as view,
                        coalesce(pg_catalog.jsonb_extract_path_text(w.config, 'destination', 'target_schema')
                            operator(pg_catalog.=) %7$L::pg_catalog.text
                          and pg_catalog.jsonb_extract_path_text(w.config, 'destination', 'target_table')
                            operator(pg_catalog.=) %8$L::pg_catalog.text, false) as store,
                        coalesce(w.queue_schema operator(pg_catalog.=) %9$L::pg_catalog.text, false)
                          and (w.queue_table operator(pg_catalog.=) %10$L::pg_catalog.text
                            or w.queue_failed_table operator(pg_catalog.=) %10$L::pg_catalog.text) is true as queue,
                        coalesce(w.queue_schema operator(pg_catalog.=) %9$L::pg_catalog.text, false)
                          and (w.queue_table operator(pg_catalog.=) %11$L::pg_catalog.text
                            or w.queue_failed_table operator(pg_catalog.=) %11$L::pg_catalog.text) is true as failed_queue,
                        coalesce(w.trigger_name operator(pg_catalog.=) %12$L::pg_catalog.text, false) as trigger
                      from ai.vectorizer w %13$s) v
                    where v.same_name or v.same_column or v.same_id or v.view or v.store or v.queue or v.failed_queue
                      or v.trigger
                    $q$, names.vectorizer, names.source_schema, names.source_table, names.embedding_column,
                    names.next_id, names.view, names.target_schema, names.store, names.queue_schema, names.queue,
                    names.failed_queue, names.trigger, case when names.embedding_column is null
                      and not exists (select from taken) then pg_catalog.format('where w.name operator(pg_catalog.=)
                        %L::pg_catalog.text or w.id operator(pg_catalog.=) %L::pg_catalog.int8', names.vectorizer, names.next_id)
                      end) end) s)
                as vectorizers,
              (select pg_catalog.array_agg(array[role.name,
                  exists (select from pg_catalog.pg_roles r
                    where r.rolname operator(pg_catalog.=) role.name)::pg_catalog.text,
                  exists (select from pg_catalog.pg_roles r where r.rolname operator(pg_catalog.=)
                    pg_catalog.translate(role.name, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')
                    )::pg_catalog.text] order by role.name)
                from role) as roles,
              (select pg_catalog.array_agg(f.name)
                from asked cross join lateral pg_catalog.unnest(asked.functions) f (name)
                where not exists (select from ai
                  join pg_catalog.pg_proc p on p.pronamespace operator(pg_catalog.=) ai.oid
                    and p.proname operator(pg_catalog.=) f.name)) as unknown_functions,
              (select pg_catalog.array_agg(e.extname::pg_catalog.text) from pg_catalog.pg_extension e
                where e.extname operator(pg_catalog.=)
                  any (array['ai', 'timescaledb', 'vectorscale']::pg_catalog.name[])) as extensions,
              pg_catalog.current_setting('ai.indexing_default', true) as indexing_default,
              pg_catalog.current_setting('ai.scheduling_default', true) as scheduling_default,
              pg_catalog.current_setting('server_version_num') as server_version
            """;

    /** In the order of the words about vectorizers, from {@link #FIRST_WANTED} on. */
    private static final List<Wanted> WANTED =
            List.of(Wanted.VIEW, Wanted.STORE, Wanted.QUEUE, Wanted.FAILED_QUEUE, Wanted.TRIGGER);

    private static final int FIRST_WANTED = 4;

    private static final String SQL = "select look.*, facts.* from (" + CatalogLook.SQL + ") look cross join lateral ("
            + FACTS.replace("{columns}", Column.ofRelation("(select source.oid from source)"))
                    .replace("{store_keys}", Column.keysOfRelation("(select store.oid from store)"))
                    .replace("{store_columns}", Column.ofRelation("(select store.oid from store)"))
            + ") facts";

    private DefinitionQuery() {}

    static DefinitionFacts run(Database database, VectorizerDefinition definition) {
        CatalogNames names = CatalogNames.of(definition);
        RelationName source = definition.source();
        RelationName store = names.store();
        RelationName view = names.view();
        List<String> grantTo = definition.grantTo();
        return database.query(
                SQL,
                rows -> {
                    rows.next();
                    return read(rows);
                },
                source.schema(),
                source.name(),
                store == null ? null : store.schema(),
                store == null ? null : store.name(),
                view == null ? null : view.name(),
                // The id does not matter for the schema.
                names.queue(0).schema(),
                definition.queueTable(),
                names.vectorizer(),
                definition.destination() instanceof Destination.Column column ? column.embeddingColumn() : null,
                grantTo == null ? new String[0] : grantTo.toArray(String[]::new),
                // No roles at all means nobody, not even those of the setting.
                grantTo != null && grantTo.isEmpty() ? null : "ai.grant_to_default",
                definition.options().stream()
                        .filter(UnknownOption.class::isInstance)
                        .map(option -> option.configType() + "_" + option.implementation())
                        .toArray(String[]::new));
    }

    private static DefinitionFacts read(ResultSet row) throws SQLException {
        List<Column> columns = Column.read(row.getString("columns"));
        List<DefinitionFacts.Taken> taken = new ArrayList<>();
        for (String[] name : table(row, "taken")) {
            taken.add(new DefinitionFacts.Taken(Wanted.valueOf(name[0]), name[1], RelationName.of(name[2], name[3])));
        }
        List<DefinitionFacts.Vectorizer> vectorizers = new ArrayList<>();
        for (String[] word : table(row, "vectorizers")) {
            vectorizers.add(new DefinitionFacts.Vectorizer(
                    Integer.parseInt(word[0]),
                    new String(HexFormat.of().parseHex(word[9]), StandardCharsets.UTF_8),
                    word[1].equals("t"),
                    word[2].equals("t"),
                    word[3].equals("t"),
                    owned(word)));
        }
        List<DefinitionFacts.Role> roles = new ArrayList<>();
        for (String[] role : table(row, "roles")) {
            roles.add(new DefinitionFacts.Role(role[0], Boolean.parseBoolean(role[1]), Boolean.parseBoolean(role[2])));
        }
        String kind = row.getString("source_kind");
        return new DefinitionFacts(
                CatalogLook.read(row),
                kind == null
                        ? null
                        : new DefinitionFacts.Source(
                                kind.charAt(0),
                                row.getBoolean("source_act_as_owner"),
                                row.getBoolean("source_row_security"),
                                rights(row, "source"),
                                columns,
                                Column.numbered(row.getString("source_key"), columns)),
                store(row),
                row.getObject("target_usage") == null ? null : rights(row, "target"),
                row.getObject("queue_usage") == null ? null : rights(row, "queue"),
                List.copyOf(taken),
                List.copyOf(vectorizers),
                List.copyOf(roles),
                list(row, "unknown_functions"),
                Set.copyOf(list(row, "extensions")),
                row.getString("indexing_default"),
                row.getString("scheduling_default"),
                row.getInt("server_version"));
    }

    private static DefinitionFacts.@Nullable Store store(ResultSet row) throws SQLException {
        String kind = row.getString("store_kind");
        if (kind == null) {
            return null;
        }
        List<Column> columns = Column.read(row.getString("store_columns"));
        return new DefinitionFacts.Store(
                kind.charAt(0),
                columns,
                Column.readKeys(row.getString("store_keys"), columns),
                row.getBoolean("store_act_as_owner"),
                row.getBoolean("store_shown"));
    }

    private static Set<Wanted> owned(String[] word) {
        Set<Wanted> owned = EnumSet.noneOf(Wanted.class);
        for (int i = 0; i < WANTED.size(); i++) {
            if (word[FIRST_WANTED + i].equals("t")) {
                owned.add(WANTED.get(i));
            }
        }
        return owned;
    }

    private static SchemaRights rights(ResultSet row, String schema) throws SQLException {
        return new SchemaRights(row.getBoolean(schema + "_usage"), row.getBoolean(schema + "_create"));
    }

    private static String[][] table(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? new String[0][] : (String[][]) array.getArray();
    }

    private static List<String> list(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }
}
