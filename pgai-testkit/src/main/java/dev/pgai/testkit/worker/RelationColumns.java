package dev.pgai.testkit.worker;

import dev.pgai.sql.SqlText;
import dev.pgai.testkit.internal.python.ColumnType;
import dev.pgai.vectorizer.RelationName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a relation, in its order. None for a relation that does not exist: the statement that needs it says
 * so.
 */
final class RelationColumns {

    private static final String QUERY = """
            select a.attname, format_type(a.atttypid, a.atttypmod) as declared, b.typname, b.typtype,
              case when b.typcategory = 'A' then e.typname end as element, t.oid, t.typname as own_name
            from pg_attribute a
            join pg_type t on t.oid = a.atttypid
            join pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
            left join pg_type e on e.oid = b.typelem
            where a.attrelid = to_regclass(?) and a.attnum > 0 and not a.attisdropped
            order by a.attnum
            """;

    /** What psycopg can write in binary form, which is how pgai's worker fills a store. */
    private static final Set<String> WRITABLE = Set.of(
            "bool",
            "bytea",
            "cidr",
            "date",
            "float4",
            "float8",
            "inet",
            "int2",
            "int4",
            "int8",
            "interval",
            "jsonb",
            "name",
            "numeric",
            "oid",
            "text",
            "time",
            "timestamp",
            "timestamptz",
            "timetz",
            "uuid",
            "varchar");

    private static final long FIRST_OID_OF_USERS = 16384;

    private final Map<String, String> declared = new LinkedHashMap<>();
    private final Map<String, ColumnType> types = new LinkedHashMap<>();
    private final Map<String, String> problems = new HashMap<>();

    RelationColumns(Connection connection, RelationName relation) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, SqlText.relation(relation));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString("attname");
                    declared.put(name, rows.getString("declared"));
                    if (!WRITABLE.contains(rows.getString("own_name"))) {
                        problems.put(name, problem(rows.getLong("oid"), rows.getString("own_name")));
                    }
                    types.put(
                            name,
                            new ColumnType(
                                    rows.getString("typname"), rows.getString("typtype"), rows.getString("element")));
                }
            }
        }
    }

    /** What psycopg sees of each column. */
    Map<String, ColumnType> types() {
        return types;
    }

    /** Why psycopg cannot write a column in binary form, as it says so; null when it can. */
    @Nullable
    String problem(String column) {
        return problems.get(column);
    }

    private static String problem(long oid, String name) {
        String type = oid < FIRST_OID_OF_USERS ? "type " + name + " (oid " + oid + ")" : "unknown type with oid " + oid;
        return "cannot find a dumper for " + type + " format BINARY";
    }

    /** A parameter for a value of a column in text form. */
    String parameter(String column) {
        return declared.containsKey(column) ? "?::" + declared.get(column) : "?";
    }
}
