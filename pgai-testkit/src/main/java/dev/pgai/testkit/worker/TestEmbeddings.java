package dev.pgai.testkit.worker;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.sql.SqlText;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.RelationName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings that a test writes itself, without a worker: where only the search is tested, and vectors of two or three
 * numbers say more than those of a model.
 *
 * <pre>{@code
 * TestEmbeddings.of(database, "blog")
 *         .chunks(1, chunk("Flour and water.", 1, 0, 0))
 *         .chunks(2, chunk("Wind", 0, 1, 0), chunk("and rope.", 0, 0, 1));
 * }</pre>
 *
 * <p>Each call replaces what the row had, and takes the row out of the queue, as a worker would. It is one transaction;
 * on a {@code Connection} with autocommit off, it is in the caller's, and nothing is committed.
 */
public final class TestEmbeddings {

    /**
     * A text and its vector.
     *
     * @param text what a search finds
     * @param vector as long as the vectorizer's {@code dimensions}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Chunk(String text, float[] vector) {

        /**
         * Copies the vector.
         *
         * @param text as above
         * @param vector as above
         */
        public Chunk {
            Objects.requireNonNull(text, "text");
            vector = vector.clone();
        }
    }

    private final @Nullable DataSource dataSource;
    private final @Nullable Connection connection;
    private final String vectorizer;

    private TestEmbeddings(@Nullable DataSource dataSource, @Nullable Connection connection, String vectorizer) {
        this.dataSource = dataSource;
        this.connection = connection;
        this.vectorizer = Objects.requireNonNull(vectorizer, "vectorizer");
    }

    /**
     * Embeddings of a vectorizer.
     *
     * @param database the database of the vectorizer
     * @param vectorizer the name
     * @return a new object; nothing is read or written yet
     */
    public static TestEmbeddings of(TestDatabase database, String vectorizer) {
        return of(database.dataSource(), vectorizer);
    }

    /**
     * Embeddings of a vectorizer.
     *
     * @param dataSource gives connections to the database; each call opens one and closes it
     * @param vectorizer the name
     * @return a new object; nothing is read or written yet
     */
    public static TestEmbeddings of(DataSource dataSource, String vectorizer) {
        return new TestEmbeddings(Objects.requireNonNull(dataSource, "dataSource"), null, vectorizer);
    }

    /**
     * Embeddings of a vectorizer.
     *
     * @param connection stays the caller's, and so does its transaction
     * @param vectorizer the name
     * @return a new object; nothing is read or written yet
     */
    public static TestEmbeddings of(Connection connection, String vectorizer) {
        return new TestEmbeddings(null, Objects.requireNonNull(connection, "connection"), vectorizer);
    }

    /**
     * A text and its vector.
     *
     * @param text what a search finds
     * @param vector as long as the vectorizer's {@code dimensions}
     * @return the chunk
     */
    public static Chunk chunk(String text, float... vector) {
        return new Chunk(text, vector);
    }

    /**
     * Writes the chunks of a row, for a vectorizer with a store.
     *
     * @param key the value of the row's primary key, or a list of its values in the order of the key; texts of them are
     *     what PostgreSQL reads
     * @param chunks in their order; none to leave the row without embeddings
     * @return this
     * @throws InvalidArgumentException when the key has another number of columns
     * @throws PgaiException when there is no such vectorizer or row, or the vectorizer writes to a column
     * @throws PgaiDatabaseException when the database refuses, such as vectors of the wrong length
     */
    public TestEmbeddings chunks(Object key, Chunk... chunks) {
        return write(key, List.of(chunks), true);
    }

    /**
     * Writes the vector of a row, for a vectorizer that writes to a column of the source.
     *
     * @param key as in {@link #chunks}
     * @param vector as long as the vectorizer's {@code dimensions}
     * @return this
     * @throws InvalidArgumentException when the key has another number of columns
     * @throws PgaiException when there is no such vectorizer or row, or the vectorizer has a store
     * @throws PgaiDatabaseException when the database refuses, such as a vector of the wrong length
     */
    public TestEmbeddings vector(Object key, float... vector) {
        return write(key, List.of(new Chunk("", vector)), false);
    }

    private TestEmbeddings write(Object key, List<Chunk> chunks, boolean toStore) {
        List<String> values = values(key);
        try {
            if (connection != null) {
                write(WorkerConnection.ofCaller(connection), values, chunks, toStore);
            } else {
                try (Connection own = Objects.requireNonNull(dataSource).getConnection()) {
                    write(WorkerConnection.ofDataSource(own), values, chunks, toStore);
                }
            }
        } catch (WorkerFailure e) {
            throw refused(values, e.reason(), e.getCause() instanceof SQLException cause ? cause : null);
        } catch (SQLException e) {
            throw refused(values, String.valueOf(e.getMessage()), e);
        }
        return this;
    }

    private PgaiDatabaseException refused(List<String> key, String reason, @Nullable SQLException cause) {
        return new PgaiDatabaseException(
                "Cannot write embeddings of row " + String.join(", ", key) + " of vectorizer " + vectorizer + ": "
                        + reason,
                null,
                cause == null ? null : cause.getSQLState(),
                cause);
    }

    private static List<String> values(Object key) {
        List<String> values = new ArrayList<>();
        for (Object value : key instanceof List<?> list ? list : List.of(key)) {
            values.add(value.toString());
        }
        return List.copyOf(values);
    }

    private void write(WorkerConnection open, List<String> key, List<Chunk> chunks, boolean toStore)
            throws SQLException, WorkerFailure {
        open.inTransaction(transaction -> {
            write(transaction, key, chunks, toStore);
            return key;
        });
    }

    private void write(Connection open, List<String> key, List<Chunk> chunks, boolean toStore) throws SQLException {
        StoredVectorizer stored = WorkerRun.find(open, vectorizer);
        RelationName source = stored.definition().source();
        RelationColumns columns = new RelationColumns(open, source);
        KeySql keySql = new KeySql(stored.primaryKey(), columns);
        if (key.size() != keySql.size()) {
            throw new InvalidArgumentException(
                    "key",
                    key,
                    "it has " + key.size() + " values, and the primary key of " + source + " has the columns "
                            + keySql.names(),
                    "Give a value for each, in this order, as a list.");
        }
        requireRow(open, source, keySql, key);
        Destination destination = WorkerPlan.destination(stored);
        EmbeddingTarget target = EmbeddingTarget.of(open, destination, source, columns, keySql);
        if (target.hasChunks() != toStore) {
            throw new PgaiException("Vectorizer " + vectorizer
                    + (toStore ? " writes to a column: call vector(...)." : " has a store: call chunks(...)."));
        }
        target.clear(List.of(key));
        List<EmbeddedChunk> embedded = new ArrayList<>();
        for (Chunk chunk : chunks) {
            embedded.add(new EmbeddedChunk(key, embedded.size(), chunk.text(), chunk.vector()));
        }
        target.write(embedded);
        WorkQueue.remove(open, WorkerPlan.queue(stored), keySql, List.of(key));
    }

    private static void requireRow(Connection open, RelationName source, KeySql keySql, List<String> key)
            throws SQLException {
        String query = "select from " + SqlText.relation(source) + " where " + keySql.isParameters();
        try (PreparedStatement statement = open.prepareStatement(query)) {
            KeySql.bind(statement, 1, key);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new PgaiException("There is no row " + String.join(", ", key) + " in " + source
                            + ". Insert it before its embeddings.");
                }
            }
        }
    }
}
