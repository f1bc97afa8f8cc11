package dev.pgai.jdbc.check;

import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.check.DefinitionFacts.SchemaRights;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Reads all that a database holds for one definition, in one query that cannot fail for want of rights or of pgai.
 *
 * <p>The queue that is not named gets the id that the sequence gives next. The sequence is read after the snapshot is
 * taken, so that what others create at the same time is never taken for something left over.
 */
final class DefinitionQuery {

    private static final String FACTS = """
            with asked (source_schema, source_table, target_schema, store, view, queue_schema, queue_table,
                vectorizer, embedding_column, roles, roles_setting, functions) as (
              values (?::pg_catalog.text, ?::pg_catalog.text, ?::pg_catalog.text, ?::pg_catalog.text,
                ?::pg_catalog.text, ?::pg_catalog.text, ?::pg_catalog.text, ?::pg_catalog.text, ?::pg_catalog.text,
                ?::pg_catalog.text[], ?::pg_catalog.text, ?::pg_catalog.text[])
            ), source as (
              select c.oid, c.relkind, c.relowner, c.relnamespace
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
            ), next_id as (
              select case when pg_catalog.has_sequence_privilege(s.seqrelid, 'usage, select')
                then coalesce(pg_catalog.pg_sequence_last_value(s.seqrelid) operator(pg_catalog.+) s.seqincrement,
                  s.seqstart) end as id
              from ai
              join pg_catalog.pg_class c on c.relnamespace operator(pg_catalog.=) ai.oid
                and c.relname operator(pg_catalog.=) 'vectorizer_id_seq'
              join pg_catalog.pg_sequence s on s.seqrelid operator(pg_catalog.=) c.oid
            ), wanted as (
              select w.role, n.oid as namespace, n.nspname, w.name
              from asked
              left join next_id on true
              cross join lateral (values
                ('VIEW', asked.source_schema, asked.view),
                ('STORE', asked.target_schema, asked.store),
                ('QUEUE', asked.queue_schema,
                  coalesce(asked.queue_table, pg_catalog.concat('_vectorizer_q_', next_id.id))),
                ('FAILED_QUEUE', asked.queue_schema, pg_catalog.concat('_vectorizer_q_failed_', next_id.id)))
                w (role, schema, name)
              join pg_catalog.pg_namespace n on n.nspname operator(pg_catalog.=) w.schema
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
                and not exists (select from pg_catalog.pg_type e where e.typarray operator(pg_catalog.=) t.oid)
              union all
              select 'TRIGGER', 'function', asked.queue_schema, p.proname
              from asked cross join queue cross join next_id
              join pg_catalog.pg_proc p on p.pronamespace operator(pg_catalog.=) queue.oid
                and p.proname operator(pg_catalog.=) pg_catalog.concat('_vectorizer_src_trg_', next_id.id)
                and p.pronargs operator(pg_catalog.=) 0::pg_catalog.int2
              union all
              select 'TRIGGER', 'trigger', asked.source_schema, t.tgname
              from asked cross join source cross join next_id
              join pg_catalog.pg_trigger t on t.tgrelid operator(pg_catalog.=) source.oid
                and t.tgname operator(pg_catalog.=) any (array[
                  pg_catalog.concat('_vectorizer_src_trg_', next_id.id),
                  pg_catalog.concat('_vectorizer_src_trg_', next_id.id, '_truncate')]::pg_catalog.name[])
            ), role as (
              select r.name from asked cross join lateral pg_catalog.unnest(asked.roles) r (name)
              union
              select pg_catalog.btrim(r.name) from asked cross join lateral pg_catalog.unnest(
                pg_catalog.string_to_array(pg_catalog.current_setting(asked.roles_setting, true), ',')) r (name)
            )
            select
              (select source.relkind::pg_catalog.text from source) as source_kind,
              (select pg_catalog.pg_has_role(source.relowner, 'member') from source) as source_act_as_owner,
              (select pg_catalog.has_schema_privilege(source.relnamespace, 'usage') from source) as source_usage,
              (select pg_catalog.has_schema_privilege(source.relnamespace, 'create') from source) as source_create,
              (select pg_catalog.has_schema_privilege(target.oid, 'usage') from target) as target_usage,
              (select pg_catalog.has_schema_privilege(target.oid, 'create') from target) as target_create,
              (select pg_catalog.has_schema_privilege(queue.oid, 'usage') from queue) as queue_usage,
              (select pg_catalog.has_schema_privilege(queue.oid, 'create') from queue) as queue_create,
              (select pg_catalog.array_agg(array[a.attname::pg_catalog.text, t.typname::pg_catalog.text,
                  pg_catalog.format_type(a.atttypid, a.atttypmod), a.atttypmod::pg_catalog.text,
                  (n.nspname operator(pg_catalog.=) 'pg_catalog')::pg_catalog.text,
                  (a.attgenerated operator(pg_catalog.<>) ''::pg_catalog."char")::pg_catalog.text,
                  exists (select from pg_catalog.pg_constraint k where k.conrelid operator(pg_catalog.=) source.oid
                    and k.contype operator(pg_catalog.=) 'p'
                    and a.attnum operator(pg_catalog.=) any (k.conkey))::pg_catalog.text] order by a.attnum)
                from source
                join pg_catalog.pg_attribute a on a.attrelid operator(pg_catalog.=) source.oid
                  and a.attnum operator(pg_catalog.>) 0::pg_catalog.int2 and not a.attisdropped
                join pg_catalog.pg_type t on t.oid operator(pg_catalog.=) a.atttypid
                join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) t.typnamespace) as columns,
              (select pg_catalog.array_agg(array[taken.role, taken.kind, taken.nspname::pg_catalog.text,
                  taken.name::pg_catalog.text]) from taken) as taken,
              (select pg_catalog.array_agg(pg_catalog.string_to_array(s.word, '.'))
                from asked cross join lateral pg_catalog.ts_stat(
                  case when look.supported and look.ai_usage and look.ai_select then pg_catalog.format($q$
                    select pg_catalog.array_to_tsvector(array[pg_catalog.concat_ws('.', v.id, v.same_name, v.same_column,
                      pg_catalog.encode(pg_catalog.convert_to(v.name::pg_catalog.text, 'UTF8'), 'hex'))])
                    from (select w.id, w.name, w.name operator(pg_catalog.=) %1$L::pg_catalog.text as same_name,
                        coalesce(w.source_schema operator(pg_catalog.=) %2$L::pg_catalog.text
                          and w.source_table operator(pg_catalog.=) %3$L::pg_catalog.text
                          and pg_catalog.jsonb_extract_path_text(w.config, 'destination', 'embedding_column')
                            operator(pg_catalog.=) %4$L::pg_catalog.text, false) as same_column
                      from ai.vectorizer w) v
                    where v.same_name or v.same_column
                    $q$, asked.vectorizer, asked.source_schema, asked.source_table, asked.embedding_column) end) s)
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

    private static final String SQL =
            "select look.*, facts.* from (" + CatalogLook.SQL + ") look cross join lateral (" + FACTS + ") facts";

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
        List<DefinitionFacts.Column> columns = new ArrayList<>();
        for (String[] column : table(row, "columns")) {
            columns.add(new DefinitionFacts.Column(
                    column[0],
                    column[1],
                    column[2],
                    Integer.parseInt(column[3]),
                    Boolean.parseBoolean(column[4]),
                    Boolean.parseBoolean(column[5]),
                    Boolean.parseBoolean(column[6])));
        }
        List<DefinitionFacts.Taken> taken = new ArrayList<>();
        for (String[] name : table(row, "taken")) {
            taken.add(new DefinitionFacts.Taken(
                    DefinitionFacts.Wanted.valueOf(name[0]), name[1], RelationName.of(name[2], name[3])));
        }
        List<DefinitionFacts.Vectorizer> vectorizers = new ArrayList<>();
        for (String[] word : table(row, "vectorizers")) {
            vectorizers.add(new DefinitionFacts.Vectorizer(
                    Integer.parseInt(word[0]),
                    new String(HexFormat.of().parseHex(word[3]), StandardCharsets.UTF_8),
                    word[1].equals("t"),
                    word[2].equals("t")));
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
                                rights(row, "source"),
                                List.copyOf(columns)),
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
