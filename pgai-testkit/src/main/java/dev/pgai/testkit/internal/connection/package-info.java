/** Connections to one test database, and who has not closed them. */
@NullMarked
package dev.pgai.testkit.internal.connection;

import org.jspecify.annotations.NullMarked;
