/** The facade over JDBC, on the database of the lane. */
@NullMarked
package dev.pgai.contract.jdbc;

import org.jspecify.annotations.NullMarked;
