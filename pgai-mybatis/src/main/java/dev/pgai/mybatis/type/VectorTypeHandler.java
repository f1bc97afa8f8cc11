package dev.pgai.mybatis.type;

import dev.pgai.search.VectorText;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.apache.ibatis.type.MappedJdbcTypes;
import org.apache.ibatis.type.MappedTypes;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/**
 * A {@code float[]} as pgvector's type {@code vector}, since MyBatis 3.5. Registered by
 * {@code typeHandlersPackage=dev.pgai.mybatis.type}, by one line of configuration, or named where a parameter or result
 * needs it. Once registered it serves every {@code float[]}: for a column {@code real[]} name MyBatis's own
 * {@code ArrayTypeHandler}.
 *
 * <p>Null is SQL's null. A vector that is empty or holds a NaN or an infinite number is refused before it is sent, with
 * a {@link dev.pgai.PgaiException} as the cause; a vector of the wrong dimensions is refused by the server. Each number
 * comes back as it went in, bit for bit. Safe for use by several threads: it has no state.
 */
@MappedTypes(float[].class)
@MappedJdbcTypes(value = JdbcType.OTHER, includeNullJdbcType = true)
public final class VectorTypeHandler extends BaseTypeHandler<float[]> {

    /** Makes a handler; MyBatis does. */
    public VectorTypeHandler() {}

    @Override
    public void setNonNullParameter(PreparedStatement statement, int index, float[] vector, @Nullable JdbcType jdbcType)
            throws SQLException {
        // With its type, because the server cannot guess it everywhere, such as in a WITH query.
        PGobject value = new PGobject();
        value.setType("vector");
        value.setValue(VectorText.write(vector));
        statement.setObject(index, value);
    }

    @Override
    public float @Nullable [] getNullableResult(ResultSet row, String column) throws SQLException {
        return vector(row.getString(column));
    }

    @Override
    public float @Nullable [] getNullableResult(ResultSet row, int column) throws SQLException {
        return vector(row.getString(column));
    }

    @Override
    public float @Nullable [] getNullableResult(CallableStatement call, int column) throws SQLException {
        return vector(call.getString(column));
    }

    private static float @Nullable [] vector(@Nullable String text) {
        return text == null ? null : VectorText.read(text);
    }
}
