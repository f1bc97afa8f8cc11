package dev.pgai.contract.recorded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgai.sql.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The objects of a database and the rows of {@code ai.vectorizer}, in the form that the recorded cases have. */
final class CatalogSnapshot {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String USER_SCHEMAS = "n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')";

    private static final String RELATIONS = """
            select c.oid, jsonb_build_object('schema', n.nspname, 'name', c.relname, 'kind', c.relkind,
                'index', case when c.relkind in ('i', 'I') then pg_get_indexdef(c.oid) end,
                'columns', case when c.relkind not in ('i', 'I') then (
                    select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
                        'not_null', a.attnotnull) order by a.attnum)
                    from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) end,
                'constraints', (select jsonb_agg(pg_get_constraintdef(k.oid) order by pg_get_constraintdef(k.oid) collate "C")
                    from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c')))
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where %s order by n.nspname collate "C", c.relname collate "C"
            """.formatted(USER_SCHEMAS);

    private static final String TRIGGERS = """
            select t.oid, jsonb_build_object('name', t.tgname, 'table', c.relname, 'schema', n.nspname,
                'function', f.nspname || '.' || p.proname)
            from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
            join pg_proc p on p.oid = t.tgfoid join pg_namespace f on f.oid = p.pronamespace
            where not t.tgisinternal order by n.nspname collate "C", c.relname collate "C", t.tgname collate "C"
            """;

    private static final String FUNCTIONS = """
            select p.oid, to_jsonb(n.nspname || '.' || p.proname)
            from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where %s order by n.nspname collate "C", p.proname collate "C"
            """.formatted(USER_SCHEMAS);

    private static final String COLUMNS = """
            select c.oid || ' ' || a.attname, jsonb_build_object('schema', n.nspname, 'table', c.relname, 'column', a.attname,
                'type', format_type(a.atttypid, a.atttypmod))
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and %s
            order by n.nspname collate "C", c.relname collate "C", a.attnum
            """.formatted(USER_SCHEMAS);

    private static final String GRANTS = """
            select to_jsonb(n.nspname || '.' || c.relname || ' ' || r.rolname || ' ' || g.privilege_type)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            cross join lateral aclexplode(c.relacl) g join pg_roles r on r.oid = g.grantee
            where r.rolname like 'lab\\_%' and c.relowner <> r.oid
            order by (n.nspname || '.' || c.relname || ' ' || r.rolname || ' ' || g.privilege_type) collate "C"
            """;

    /** By oid, for what was renamed is not new; columns by their table's oid and their name. */
    private final Map<String, JsonNode> relations;

    private final Map<String, JsonNode> triggers;
    private final Map<String, JsonNode> functions;
    private final Map<String, JsonNode> columns;

    private CatalogSnapshot(Connection connection) throws SQLException {
        relations = readById(connection, RELATIONS);
        triggers = readById(connection, TRIGGERS);
        functions = readById(connection, FUNCTIONS);
        columns = readById(connection, COLUMNS);
    }

    static CatalogSnapshot take(Connection connection) throws SQLException {
        return new CatalogSnapshot(connection);
    }

    /** What appeared since, with the rows of the catalog and of its queues as they are now. */
    static ObjectNode changesSince(CatalogSnapshot before, Connection connection) throws SQLException {
        CatalogSnapshot now = take(connection);
        List<JsonNode> vectorizers = read(connection, "select to_jsonb(v) from ai.vectorizer v order by v.id");
        ObjectNode queued = JsonNodeFactory.instance.objectNode();
        for (JsonNode vectorizer : vectorizers) {
            String queue = SqlText.identifier(vectorizer.get("queue_schema").asText()) + "."
                    + SqlText.identifier(vectorizer.get("queue_table").asText());
            queued.set(
                    vectorizer.get("name").asText(),
                    read(connection, "select to_jsonb(count(*)) from " + queue).get(0));
        }
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        changes.set("grants", array(read(connection, GRANTS)));
        changes.set("queued", queued);
        changes.set("triggers", array(added(now.triggers, before.triggers)));
        changes.set("functions", array(added(now.functions, before.functions)));
        changes.set("relations", array(added(now.relations, before.relations)));
        changes.set("vectorizers", array(vectorizers));
        changes.set("source_columns", array(before.addedColumns(now)));
        return changes;
    }

    private List<JsonNode> addedColumns(CatalogSnapshot now) {
        Map<String, JsonNode> onOldTables = new LinkedHashMap<>(now.columns);
        onOldTables.keySet().removeIf(column -> !relations.containsKey(column.substring(0, column.indexOf(' '))));
        return added(onOldTables, columns);
    }

    private static List<JsonNode> added(Map<String, JsonNode> now, Map<String, JsonNode> before) {
        Map<String, JsonNode> added = new LinkedHashMap<>(now);
        added.keySet().removeAll(before.keySet());
        return List.copyOf(added.values());
    }

    private static ArrayNode array(List<JsonNode> elements) {
        return JsonNodeFactory.instance.arrayNode().addAll(elements);
    }

    private static Map<String, JsonNode> readById(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            Map<String, JsonNode> read = new LinkedHashMap<>();
            while (rows.next()) {
                read.put(rows.getString(1), MAPPER.readTree(rows.getString(2)));
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonNode> read(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<JsonNode> read = new ArrayList<>();
            while (rows.next()) {
                read.add(MAPPER.readTree(rows.getString(1)));
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Keys sorted and lines broken, so that a failed comparison shows the line that differs. */
    static String readable(JsonNode node) {
        try {
            Object plain = MAPPER.treeToValue(sorted(node), Object.class);
            return MAPPER.writer()
                    .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .withDefaultPrettyPrinter()
                    .writeValueAsString(plain);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The lists of objects carry no order of their own; the columns inside them do. */
    private static JsonNode sorted(JsonNode changes) {
        ObjectNode copy = changes.deepCopy();
        copy.properties().forEach(field -> {
            if (field.getValue().isArray()) {
                List<JsonNode> elements =
                        new ArrayList<>(StreamSupport.stream(field.getValue().spliterator(), false)
                                .toList());
                elements.sort((a, b) -> sortKey(a).compareTo(sortKey(b)));
                field.setValue(array(elements));
            }
        });
        return copy;
    }

    private static String sortKey(JsonNode element) {
        return element.isTextual()
                ? element.asText()
                : element.path("schema").asText() + " " + element.path("table").asText() + " "
                        + element.path("name").asText() + " "
                        + element.path("id").asText();
    }
}
