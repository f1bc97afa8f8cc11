package dev.pgai.contract.spring.notes;

import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** A mapper of the application's own. */
@Mapper
public interface NoteMapper {

    /** As the server writes what it was sent. */
    @Select("select #{vector}::text")
    String text(@Param("vector") float[] vector);
}
