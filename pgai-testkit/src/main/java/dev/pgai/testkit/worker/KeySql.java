package dev.pgai.testkit.worker;

import dev.pgai.sql.SqlText;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns of a primary key in SQL. The values of a key are texts, as the server writes them. */
final class KeySql {

    private final List<String> names;
    private final RelationColumns types;

    KeySql(List<String> names, RelationColumns types) {
        this.names = names;
        this.types = types;
    }

    int size() {
        return names.size();
    }

    List<String> names() {
        return names;
    }

    String columns() {
        return each(", ", SqlText::identifier);
    }

    String asTexts() {
        return each(", ", name -> "format('%s', " + SqlText.identifier(name) + ")");
    }

    String parameters() {
        return each(", ", types::parameter);
    }

    /** A condition for one key. */
    String isParameters() {
        return each(" and ", name -> SqlText.identifier(name) + " = " + types.parameter(name));
    }

    /** Binds a key, and returns the index of the parameter behind it. */
    static int bind(PreparedStatement statement, int from, List<String> key) throws SQLException {
        int index = from;
        for (String value : key) {
            statement.setString(index++, value);
        }
        return index;
    }

    private String each(String delimiter, Function<String, String> sql) {
        return names.stream().map(sql).collect(Collectors.joining(delimiter));
    }
}
