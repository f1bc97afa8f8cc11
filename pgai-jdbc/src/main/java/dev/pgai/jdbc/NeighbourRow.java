package dev.pgai.jdbc;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.jdbc.search.NeighbourRows;
import dev.pgai.search.Neighbour;
import dev.pgai.search.SourceKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link dev.pgai.search.NeighbourSearch#sql()}, for tools that run it themselves: a row mapper of Spring's is
 * {@code (row, number) -> NeighbourRow.read(row)}.
 */
public final class NeighbourRow {

    private NeighbourRow() {}

    /**
     * Reads a row by the names of its columns. A column that a statement of one's own does not have is null in the
     * result; {@code distance} must be there.
     *
     * @param row the row
     * @return what was found
     * @throws SQLException when the driver refuses, such as when there is no column {@code distance}
     * @throws InvalidArgumentException when null, or the distance or a column of the key is null
     */
    public static Neighbour read(ResultSet row) throws SQLException {
        return NeighbourRows.read(Check.notNull("row", row));
    }

    /**
     * Reads the key of a row: the names from {@code key_columns}, the values from {@code key_1} and so on.
     *
     * @param row the row
     * @return the key, or null when there is no column {@code key_columns}
     * @throws SQLException when the driver refuses
     * @throws InvalidArgumentException when null, or a column of the key is null
     */
    public static @Nullable SourceKey key(ResultSet row) throws SQLException {
        return NeighbourRows.key(Check.notNull("row", row));
    }
}
