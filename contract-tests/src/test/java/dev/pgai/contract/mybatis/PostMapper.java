package dev.pgai.contract.mybatis;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Many;
import org.apache.ibatis.annotations.Result;
import org.apache.ibatis.annotations.Results;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** What a user writes: by annotations, and by XML in the file of the same name. */
public interface PostMapper {

    /** In XML, with a result map that extends the one of pgai-mybatis. */
    List<PostNeighbour> nearestOf(String author, float[] vector, int limit);

    /** By annotations: each post with those of its chunks that are near. */
    @Select("""
            select p.id, p.title, e.embedding_uuid, e.chunk_seq, e.chunk, e.embedding <=> #{vector} as distance
            from post_embeddings_store e join post p on p.id = e.id
            order by distance limit #{limit}
            """)
    @Results({
        @Result(id = true, property = "id", column = "id"),
        @Result(property = "title", column = "title"),
        @Result(property = "chunks", many = @Many(resultMap = "dev.pgai.mybatis.mapper.EmbeddingsMapper.neighbour"))
    })
    List<Post> nearestPosts(float[] vector, int limit);

    @Insert("insert into post values (#{id}, #{author}, #{title}, #{title})")
    void insert(int id, String author, String title);

    @Insert("""
            insert into post_embeddings_store (id, chunk_seq, chunk, embedding)
            values (#{id}, #{chunkSeq}, 'chunk ' || #{chunkSeq}, #{embedding})
            """)
    void insertEmbedding(int id, int chunkSeq, float[] embedding);

    @Select("select count(*) from ai.vectorizer")
    int vectorizers();

    @Insert("insert into vectors values (#{id}, #{vector})")
    void insertVector(int id, float @Nullable [] vector);

    @Insert("insert into pairs values (#{vector})")
    void insertPair(float[] vector);

    @Select("select id, v as embedding from vectors where id = #{id}")
    VectorRow vector(int id);

    @Select("with q as (select #{vector} as v) select (v <=> v)::int from q")
    int distanceToItself(float[] vector);
}
