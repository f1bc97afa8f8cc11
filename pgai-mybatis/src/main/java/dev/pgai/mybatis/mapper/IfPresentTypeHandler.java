package dev.pgai.mybatis.mapper;

import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.apache.ibatis.type.JdbcType;
import org.apache.ibatis.type.TypeHandler;
import org.jspecify.annotations.Nullable;

/**
 * For arguments of a constructor in a result map: null where a statement does not have the column, which for a property
 * MyBatis leaves out by itself.
 *
 * @param <T> the class of the argument
 */
public final class IfPresentTypeHandler<T> implements TypeHandler<T> {

    private final Class<T> type;

    /**
     * Makes a handler; MyBatis does.
     *
     * @param type the argument's {@code javaType}
     */
    public IfPresentTypeHandler(Class<T> type) {
        this.type = type;
    }

    @Override
    public void setParameter(PreparedStatement statement, int index, T value, @Nullable JdbcType jdbcType)
            throws SQLException {
        statement.setObject(index, value);
    }

    @Override
    public @Nullable T getResult(ResultSet row, String column) throws SQLException {
        ResultSetMetaData metaData = row.getMetaData();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            if (metaData.getColumnLabel(i).equalsIgnoreCase(column)) {
                return getResult(row, i);
            }
        }
        return null;
    }

    @Override
    public @Nullable T getResult(ResultSet row, int column) throws SQLException {
        return row.getObject(column, type);
    }

    @Override
    public @Nullable T getResult(CallableStatement call, int column) throws SQLException {
        return call.getObject(column, type);
    }
}
