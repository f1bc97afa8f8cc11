/** Scripts for MyBatis Migrations. */
@NullMarked
package dev.pgai.contract.mybatis.scripts;

import org.jspecify.annotations.NullMarked;
