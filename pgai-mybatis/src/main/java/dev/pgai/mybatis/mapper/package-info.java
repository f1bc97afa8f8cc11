/** Mappers, for {@code <package name="dev.pgai.mybatis.mapper"/>}, {@code addMappers} or {@code @MapperScan}. */
@NullMarked
package dev.pgai.mybatis.mapper;

import org.jspecify.annotations.NullMarked;
