package dev.pgai.mybatis.type;

import dev.pgai.jdbc.NeighbourRow;
import dev.pgai.search.SourceKey;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.ibatis.type.JdbcType;
import org.apache.ibatis.type.MappedTypes;
import org.apache.ibatis.type.TypeHandler;
import org.jspecify.annotations.Nullable;

/**
 * The key of a search's result: the names from the column {@code key_columns}, the values from {@code key_1} and so on;
 * null for a statement that has no such columns. The result map of {@link dev.pgai.mybatis.mapper.EmbeddingsMapper}
 * names it.
 */
@MappedTypes(SourceKey.class)
public final class SourceKeyTypeHandler implements TypeHandler<SourceKey> {

    /** Makes a handler; MyBatis does. */
    public SourceKeyTypeHandler() {}

    @Override
    public void setParameter(PreparedStatement statement, int index, SourceKey key, @Nullable JdbcType jdbcType)
            throws SQLException {
        throw new SQLException("A key is no parameter. Give its values one by one: key.get(\"id\").");
    }

    @Override
    public @Nullable SourceKey getResult(ResultSet row, String column) throws SQLException {
        return NeighbourRow.key(row);
    }

    @Override
    public @Nullable SourceKey getResult(ResultSet row, int column) throws SQLException {
        return NeighbourRow.key(row);
    }

    @Override
    public @Nullable SourceKey getResult(CallableStatement call, int column) throws SQLException {
        throw new SQLException("A key is no result of a call. Search with EmbeddingsMapper.");
    }
}
