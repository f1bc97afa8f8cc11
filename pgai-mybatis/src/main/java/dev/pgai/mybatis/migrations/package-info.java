/** Vectorizers in scripts of MyBatis Migrations. */
@NullMarked
package dev.pgai.mybatis.migrations;

import org.jspecify.annotations.NullMarked;
