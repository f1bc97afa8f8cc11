/** Keeps MyBatis Generator from pgai's tables. */
@NullMarked
package dev.pgai.mybatis.generator;

import org.jspecify.annotations.NullMarked;
