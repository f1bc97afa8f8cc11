package dev.pgai.testkit.worker;

import dev.pgai.sql.SqlText;
import dev.pgai.testkit.internal.python.ColumnType;
import dev.pgai.vectorizer.RelationName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table whose rows are embedded. */
final class SourceTable {

    private static final ColumnType COUNT = new ColumnType("int4", "b", null);

    private final Connection connection;
    private final RelationColumns columns;
    private final String query;

    SourceTable(Connection connection, RelationName source, RelationColumns columns, KeySql key) {
        this.connection = connection;
        this.columns = columns;
        // The output function of the type, as a client gets it; a cast to text cuts the blanks of char(n).
        String values = columns.types().keySet().stream()
                .map(SqlText::identifier)
                .map(name -> "case when " + name + " is not null then format('%s', " + name + ") end")
                .collect(Collectors.joining(", "));
        this.query = "select " + (values.isEmpty() ? "*" : values) + " from " + SqlText.relation(source) + " where "
                + key.isParameters() + " limit 1";
    }

    /**
     * Reads the row of a key.
     *
     * @return null when it is gone
     * @throws PythonException when psycopg cannot read one of its values
     */
    @Nullable
    SourceRow find(QueuedRow queued) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            KeySql.bind(statement, 1, queued.key());
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? row(result, queued) : null;
            }
        }
    }

    private SourceRow row(ResultSet result, QueuedRow queued) throws SQLException {
        Map<String, SourceValue> values = new LinkedHashMap<>();
        int index = 1;
        for (Map.Entry<String, ColumnType> column : columns.types().entrySet()) {
            values.put(column.getKey(), SourceValue.of(column.getValue(), result.getString(index++)));
        }
        // pgai's worker has the count in the row, where a template sees it, too.
        values.put("loading_retries", SourceValue.of(COUNT, Integer.toString(queued.retries())));
        return new SourceRow(queued, values);
    }
}
