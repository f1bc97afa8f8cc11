package dev.pgai.mybatis.mapper;

import dev.pgai.InvalidArgumentException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.mybatis.type.PgaiTypeHandler;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.Neighbour;
import dev.pgai.search.NeighbourSearch;
import java.util.List;
import java.util.Map;
import org.apache.ibatis.annotations.Lang;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Options.FlushCachePolicy;
import org.apache.ibatis.annotations.Result;
import org.apache.ibatis.annotations.ResultMap;
import org.apache.ibatis.annotations.ResultType;
import org.apache.ibatis.annotations.Results;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.session.ResultHandler;

/**
 * Search by meaning.
 *
 * <pre>{@code
 * EmbeddingRelation posts = EmbeddingRelation.store(definition, List.of("id"));
 * List<Neighbour> found = embeddings.nearest(posts.nearestTo(vector, 5));
 * }</pre>
 *
 * <p>The result map {@code neighbour} is there for statements of one's own, which may join the source: use it for an
 * {@code <association>} or a {@code <collection>}. It reads the columns {@code embedding_uuid}, {@code chunk_seq},
 * {@code chunk}, those that are there, and {@code distance}.
 */
@Mapper
public interface EmbeddingsMapper {

    /**
     * Searches, by a statement of MyBatis, which its caches and plugins see. Where the types of the relation are not
     * known, it is looked at first, as {@link Pgai#nearest} does; {@link Pgai#resolve} spares that.
     *
     * @param search where, for what, and how many; no text of it becomes SQL but for quoted identifiers
     * @return the nearest first, of equal ones in any order unless there is an offset
     * @throws dev.pgai.database.RefusedException when the table, the view or a column is not there, or has no vectors
     * @throws InvalidArgumentException when null; when a condition or the vector does not fit the types of the columns;
     *     when the search has settings, which must hold on the same connection
     * @throws org.apache.ibatis.exceptions.PersistenceException when the server refuses
     */
    default List<Neighbour> nearest(NeighbourSearch search) {
        if (search == null) {
            throw new InvalidArgumentException("search", null, "it is required", "Give a value.");
        }
        if (!search.settings().isEmpty()) {
            throw new InvalidArgumentException(
                    "search",
                    search.settings(),
                    "its settings must hold on one connection for several statements, for which a statement of"
                            + " MyBatis's has no place",
                    "Use VectorizerMapper: call(pgai -> pgai.nearest(search)), which no plugin of MyBatis's sees.");
        }
        EmbeddingRelation relation = search.relation();
        NeighbourSearch resolved = relation.types() != null
                ? search
                : search.in(new SessionCall<>(pgai -> pgai.resolve(relation)).in(this::inSession));
        resolved.sql(); // refuses what MyBatis would wrap
        return run(resolved);
    }

    /**
     * The statement of {@link #nearest}; not for callers.
     *
     * @param search where the types of the relation are known
     * @return what was found
     */
    @Lang(NeighbourLanguage.class)
    @Select("the search knows")
    @ResultMap("dev.pgai.mybatis.mapper.EmbeddingsMapper.neighbour")
    List<Neighbour> run(NeighbourSearch search);

    /**
     * How {@link #nearest} gets at the session's connection to look at a relation; not for callers. Changes nothing,
     * and leaves the session as it is.
     *
     * @param handler is given the vectorizers as the value of {@code pgai}, once
     */
    @Select("select 1 as pgai")
    @Options(useCache = false, flushCache = FlushCachePolicy.FALSE)
    @ResultType(Map.class)
    @Results(@Result(property = "pgai", column = "pgai", javaType = Pgai.class, typeHandler = PgaiTypeHandler.class))
    void inSession(ResultHandler<Map<String, Pgai>> handler);
}
