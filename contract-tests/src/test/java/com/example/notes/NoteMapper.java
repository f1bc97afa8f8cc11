package com.example.notes;

import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** A mapper of the application's own. */
@Mapper
public interface NoteMapper {

    /** What is one more than a number. */
    @Select("select #{number}::int + 1")
    int next(int number);
}
