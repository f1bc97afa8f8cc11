/** Texts of SQL. */
@NullMarked
package dev.pgai.testkit.internal.sql;

import org.jspecify.annotations.NullMarked;
