package dev.pgai.testkit.worker;

import dev.pgai.PgaiException;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * A vectorizer as the catalog stores it.
 *
 * @param id the id
 * @param definition all options
 * @param keyColumns the columns of the source's primary key, in the table's order
 * @param lockColumns the same in the order in which the catalog stores them
 * @param queue the queue
 * @param failedQueue where rows go whose loading failed too often
 */
record StoredVectorizer(
        int id,
        VectorizerDefinition definition,
        List<String> keyColumns,
        List<String> lockColumns,
        RelationName queue,
        RelationName failedQueue) {

    private static final String QUERY = """
            select v.id, v.source_schema, v.source_table, v.queue_schema, v.queue_table, v.queue_failed_table, v.config,
              array(select k.value ->> 'attname' from jsonb_array_elements(v.source_pk) with ordinality k(value, place)
                order by (k.value ->> 'attnum')::int) as key_columns,
              array(select k.value ->> 'attname' from jsonb_array_elements(v.source_pk) with ordinality k(value, place)
                order by k.place) as lock_columns
            from ai.vectorizer v
            where v.name = ?
            """;

    /**
     * Finds a vectorizer.
     *
     * @throws PgaiException when there is none of this name
     */
    static StoredVectorizer find(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new PgaiException("There is no vectorizer " + name
                            + " in this database. Create it before the worker for tests runs.");
                }
                String queueSchema = row.getString("queue_schema");
                return new StoredVectorizer(
                        row.getInt("id"),
                        VectorizerJson.readStored(
                                new RelationName(row.getString("source_schema"), row.getString("source_table")),
                                name,
                                queueSchema,
                                row.getString("queue_table"),
                                row.getString("config")),
                        texts(row, "key_columns"),
                        texts(row, "lock_columns"),
                        new RelationName(queueSchema, row.getString("queue_table")),
                        new RelationName(queueSchema, row.getString("queue_failed_table")));
            }
        }
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }
}
