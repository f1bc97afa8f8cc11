/** Create, drop and look at vectorizers on a connection of the caller's, or on a data source. */
@NullMarked
package dev.pgai.jdbc;

import org.jspecify.annotations.NullMarked;
