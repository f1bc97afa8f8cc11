package dev.pgai.testkit.worker;

import dev.pgai.sql.SqlText;
import dev.pgai.testkit.internal.python.PythonException;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.RelationName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where embeddings are written: a store with a row for each chunk, or a column of the source. */
final class EmbeddingTarget {

    private final Connection connection;
    private final @Nullable String delete;
    private final String write;
    private final @Nullable String problem;

    private EmbeddingTarget(Connection connection, @Nullable String delete, String write, @Nullable String problem) {
        this.problem = problem;
        this.connection = connection;
        this.delete = delete;
        this.write = write;
    }

    /** Where a destination says. */
    static EmbeddingTarget of(
            Connection connection, Destination destination, RelationName source, RelationColumns columns, KeySql key)
            throws SQLException {
        OptionArguments arguments = new OptionArguments(destination);
        if (arguments.is(Destination.Table.class, "table")) {
            return store(
                    connection, new RelationName(arguments.text("target_schema"), arguments.text("target_table")), key);
        }
        if (arguments.is(Destination.Column.class, "column")) {
            return column(connection, source, columns, arguments.text("embedding_column"), key);
        }
        throw arguments.unsupported("Use ai.destination_table or ai.destination_column in tests.");
    }

    private static EmbeddingTarget store(Connection connection, RelationName store, KeySql key) throws SQLException {
        RelationColumns columns = new RelationColumns(connection, store);
        String relation = SqlText.relation(store);
        return new EmbeddingTarget(
                connection,
                "delete from " + relation + " where " + key.isParameters(),
                "insert into " + relation + " (embedding, chunk, chunk_seq, " + key.columns() + ") values ("
                        + columns.parameter("embedding") + ", ?, ?, " + key.parameters() + ")",
                key.names().stream()
                        .map(columns::problem)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    private static EmbeddingTarget column(
            Connection connection, RelationName source, RelationColumns columns, String column, KeySql key) {
        return new EmbeddingTarget(
                connection,
                null,
                "update " + SqlText.relation(source) + " set " + SqlText.identifier(column) + " = "
                        + columns.parameter(column) + " where " + key.isParameters(),
                null);
    }

    /** Whether there are several chunks for a row, with their texts. */
    boolean hasChunks() {
        return delete != null;
    }

    /** Removes the chunks that the store has for rows. A column keeps its value until it gets another. */
    void clear(List<List<String>> keys) throws SQLException {
        if (delete == null) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(delete)) {
            for (List<String> key : keys) {
                KeySql.bind(statement, 1, key);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /**
     * Makes sure that pgai's worker could write here, too.
     *
     * @throws PythonException when it could not, because of the type of a key's column
     */
    void requireWritable() {
        if (problem != null) {
            throw new PythonException(problem);
        }
    }

    void write(List<EmbeddedChunk> chunks) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(write)) {
            for (EmbeddedChunk chunk : chunks) {
                int index = 1;
                statement.setString(index++, Arrays.toString(chunk.vector()));
                if (delete != null) {
                    statement.setString(index++, chunk.text());
                    statement.setInt(index++, chunk.sequence());
                }
                KeySql.bind(statement, index, chunk.key());
                // One at a time: the exception of a batch hides the server's message behind its own.
                statement.executeUpdate();
            }
        }
    }
}
