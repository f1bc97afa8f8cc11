/** The one door to JDBC: who owns the transaction, how statements run, how errors are told apart. Not exported. */
@NullMarked
package dev.pgai.jdbc.connection;

import org.jspecify.annotations.NullMarked;
