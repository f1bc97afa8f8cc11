package dev.pgai.jdbc.search;

import dev.pgai.InvalidArgumentException;
import dev.pgai.search.Neighbour;
import dev.pgai.search.SourceKey;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes values of the rows of a search, by the names of their columns. */
public final class NeighbourRows {

    private NeighbourRows() {}

    /**
     * Reads all rows.
     *
     * @param rows before the first row
     * @return an unmodifiable list
     * @throws SQLException when the driver refuses
     */
    public static List<Neighbour> all(ResultSet rows) throws SQLException {
        List<Neighbour> all = new ArrayList<>();
        while (rows.next()) {
            all.add(read(rows));
        }
        return List.copyOf(all);
    }

    /**
     * Reads the row that the cursor is on.
     *
     * @param row columns that are not there are null in the result, but for the distance
     * @return what was found
     * @throws SQLException when the driver refuses
     */
    public static Neighbour read(ResultSet row) throws SQLException {
        Set<String> columns = columns(row);
        Object uuid = columns.contains("embedding_uuid") ? row.getObject("embedding_uuid") : null;
        int chunkSeq = columns.contains("chunk_seq") ? row.getInt("chunk_seq") : 0;
        boolean chunked = columns.contains("chunk_seq") && !row.wasNull();
        return new Neighbour(
                key(row),
                (UUID) uuid,
                chunked ? chunkSeq : null,
                columns.contains("chunk") ? row.getString("chunk") : null,
                distance(row));
    }

    private static double distance(ResultSet row) throws SQLException {
        double distance = row.getDouble("distance");
        if (row.wasNull()) {
            throw new InvalidArgumentException(
                    "distance", null, "a row that was found has one", "Leave out rows without an embedding.");
        }
        return distance;
    }

    /**
     * Reads the key in the row that the cursor is on.
     *
     * @param row the row
     * @return the key, or null when the row does not tell
     * @throws SQLException when the driver refuses
     */
    public static @Nullable SourceKey key(ResultSet row) throws SQLException {
        Array columns = columns(row).contains("key_columns") ? row.getArray("key_columns") : null;
        if (columns == null) {
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (String column : (String[]) columns.getArray()) {
            values.put(column, value(row, column, "key_" + (values.size() + 1)));
        }
        return new SourceKey(values);
    }

    /** The driver's own classes, for types that Java has none for, hold on to a connection or cannot be compared. */
    private static Object value(ResultSet row, String column, String label) throws SQLException {
        Object value = row.getObject(label);
        if (value == null) {
            throw new InvalidArgumentException(
                    "keyColumns",
                    column,
                    "it is null in a row that was found",
                    "Name columns that tell rows apart, and are never null.");
        }
        return value.getClass().getName().startsWith("java.") ? value : row.getString(label);
    }

    private static Set<String> columns(ResultSet row) throws SQLException {
        ResultSetMetaData metaData = row.getMetaData();
        Set<String> columns = new HashSet<>();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            columns.add(metaData.getColumnLabel(i));
        }
        return columns;
    }
}
