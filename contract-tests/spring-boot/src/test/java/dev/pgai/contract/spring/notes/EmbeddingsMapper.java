package dev.pgai.contract.spring.notes;

import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Has the name of one of pgai's. */
@Mapper
public interface EmbeddingsMapper {

    /** How many there are. */
    @Select("select count(*) from blog_embeddings_store")
    int count();
}
