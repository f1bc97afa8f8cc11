/**
 * What a search gives. Register what else a part needs by its package: {@code dev.pgai.mybatis.type} as type handlers,
 * {@code dev.pgai.mybatis.mapper} as mappers. Do not scan this package: below it are parts for other tools.
 */
@NullMarked
package dev.pgai.mybatis;

import org.jspecify.annotations.NullMarked;
