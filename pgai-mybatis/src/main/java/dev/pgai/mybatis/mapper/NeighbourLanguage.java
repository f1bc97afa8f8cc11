package dev.pgai.mybatis.mapper;

import dev.pgai.search.NeighbourSearch;
import java.util.ArrayList;
import java.util.List;
import org.apache.ibatis.mapping.BoundSql;
import org.apache.ibatis.mapping.ParameterMapping;
import org.apache.ibatis.mapping.SqlSource;
import org.apache.ibatis.scripting.xmltags.XMLLanguageDriver;
import org.apache.ibatis.session.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The language of {@link EmbeddingsMapper}: the statement is that of the {@link NeighbourSearch} which is the
 * parameter. It is never parsed as a script, so that a table named <code>#{x}
 * </code> or <code>${x}</code> is only a table.
 */
public final class NeighbourLanguage extends XMLLanguageDriver {

    /** Makes a language; MyBatis does. */
    public NeighbourLanguage() {}

    @Override
    public SqlSource createSqlSource(Configuration configuration, String script, @Nullable Class<?> parameterType) {
        return search -> bind(configuration, (NeighbourSearch) search);
    }

    private static BoundSql bind(Configuration configuration, NeighbourSearch search) {
        List<String> values = search.parameters();
        List<ParameterMapping> mappings = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            mappings.add(new ParameterMapping.Builder(configuration, name(i), String.class).build());
        }
        BoundSql sql = new BoundSql(configuration, search.sql(), mappings, search);
        for (int i = 0; i < values.size(); i++) {
            sql.setAdditionalParameter(name(i), values.get(i));
        }
        return sql;
    }

    private static String name(int i) {
        return "p" + i;
    }
}
