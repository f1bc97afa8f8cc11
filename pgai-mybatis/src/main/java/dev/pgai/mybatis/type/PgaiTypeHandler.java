package dev.pgai.mybatis.type;

import dev.pgai.jdbc.Pgai;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.apache.ibatis.type.MappedTypes;
import org.jspecify.annotations.Nullable;

/**
 * The vectorizers on the connection that a result comes from, which is the session's.
 * {@link dev.pgai.mybatis.mapper.VectorizerMapper} names it.
 */
@MappedTypes(Pgai.class)
public final class PgaiTypeHandler extends BaseTypeHandler<Pgai> {

    /** Makes a handler; MyBatis does. */
    public PgaiTypeHandler() {}

    @Override
    public void setNonNullParameter(PreparedStatement statement, int index, Pgai pgai, @Nullable JdbcType jdbcType)
            throws SQLException {
        throw new SQLException("Pgai is no parameter. Use VectorizerMapper.");
    }

    @Override
    public Pgai getNullableResult(ResultSet row, String column) throws SQLException {
        return Pgai.on(row.getStatement().getConnection());
    }

    @Override
    public Pgai getNullableResult(ResultSet row, int column) throws SQLException {
        return Pgai.on(row.getStatement().getConnection());
    }

    @Override
    public Pgai getNullableResult(CallableStatement call, int column) throws SQLException {
        return Pgai.on(call.getConnection());
    }
}
