/** A server that somebody else runs, behind a JDBC URL. */
@NullMarked
package dev.pgai.testkit.internal.external;

import org.jspecify.annotations.NullMarked;
