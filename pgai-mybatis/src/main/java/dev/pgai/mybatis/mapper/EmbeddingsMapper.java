package dev.pgai.mybatis.mapper;

import dev.pgai.mybatis.Neighbour;
import dev.pgai.search.NeighbourSearch;
import java.util.List;
import org.apache.ibatis.annotations.Lang;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.ResultMap;
import org.apache.ibatis.annotations.Select;

/**
 * Search by meaning.
 *
 * <pre>{@code
 * EmbeddingRelation posts = EmbeddingRelation.store(definition, List.of("id"));
 * List<Neighbour> found = embeddings.nearest(posts.nearestTo(vector, 5));
 * }</pre>
 *
 * <p>The result map {@code neighbour} is there for statements of one's own, which may join the source: extend it with
 * {@code extends="dev.pgai.mybatis.mapper.EmbeddingsMapper.neighbour"}, or use it for an {@code <association>}. It
 * reads the columns {@code embedding_uuid}, {@code chunk_seq}, {@code chunk} and {@code distance}, those that are
 * there.
 */
@Mapper
public interface EmbeddingsMapper {

    /**
     * Searches.
     *
     * @param search where, for what, and how many; no text of it becomes SQL but for quoted identifiers
     * @return the nearest first, of equal ones in any order
     * @throws org.apache.ibatis.exceptions.PersistenceException when the server refuses, such as for a vector of the
     *     wrong dimensions, or a column that the relation does not have
     */
    @Lang(NeighbourLanguage.class)
    @Select("the search knows")
    @ResultMap("neighbour")
    List<Neighbour> nearest(NeighbourSearch search);
}
