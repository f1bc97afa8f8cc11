package dev.pgai.testkit.worker;

import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.RelationName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The columns of a relation, in its order. None for a relation that does not exist: the statement that needs it says
 * so.
 */
final class RelationColumns {

    private static final String QUERY = """
            select a.attname, format_type(a.atttypid, a.atttypmod) as declared, b.typname, b.typtype,
              case when b.typcategory = 'A' then e.typname end as element
            from pg_attribute a
            join pg_type t on t.oid = a.atttypid
            join pg_type b on b.oid = case when t.typtype = 'd' then t.typbasetype else t.oid end
            left join pg_type e on e.oid = b.typelem
            where a.attrelid = to_regclass(?) and a.attnum > 0 and not a.attisdropped
            order by a.attnum
            """;

    private final Map<String, String> declared = new LinkedHashMap<>();
    private final Map<String, ColumnType> types = new LinkedHashMap<>();

    RelationColumns(Connection connection, RelationName relation) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, SqlText.relation(relation));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString("attname");
                    declared.put(name, rows.getString("declared"));
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

    /** A parameter for a value of a column in text form. */
    String parameter(String column) {
        return declared.containsKey(column) ? "?::" + declared.get(column) : "?";
    }
}
