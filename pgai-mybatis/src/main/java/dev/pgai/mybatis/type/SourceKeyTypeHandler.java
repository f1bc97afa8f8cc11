package dev.pgai.mybatis.type;

import dev.pgai.mybatis.SourceKey;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.apache.ibatis.type.MappedTypes;
import org.jspecify.annotations.Nullable;

/**
 * The key of a search's result: the names from one column, the values from the columns {@code key_1} and so on. The
 * result map of {@link dev.pgai.mybatis.mapper.EmbeddingsMapper} names it.
 */
@MappedTypes(SourceKey.class)
public final class SourceKeyTypeHandler extends BaseTypeHandler<SourceKey> {

    /** Makes a handler; MyBatis does. */
    public SourceKeyTypeHandler() {}

    @Override
    public void setNonNullParameter(PreparedStatement statement, int index, SourceKey key, @Nullable JdbcType jdbcType)
            throws SQLException {
        throw new SQLException("A key is no parameter. Give its values one by one: key.get(\"id\").");
    }

    @Override
    public @Nullable SourceKey getNullableResult(ResultSet row, String column) throws SQLException {
        return key(row, row.getArray(column));
    }

    @Override
    public @Nullable SourceKey getNullableResult(ResultSet row, int column) throws SQLException {
        return key(row, row.getArray(column));
    }

    @Override
    public @Nullable SourceKey getNullableResult(CallableStatement call, int column) throws SQLException {
        throw new SQLException("A key is no result of a call. Search with EmbeddingsMapper.");
    }

    private static @Nullable SourceKey key(ResultSet row, @Nullable Array columns) throws SQLException {
        if (columns == null) {
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (String column : (String[]) columns.getArray()) {
            values.put(column, row.getObject("key_" + (values.size() + 1)));
        }
        return new SourceKey(values);
    }
}
