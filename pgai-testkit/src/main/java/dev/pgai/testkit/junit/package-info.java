/**
 * Test databases for JUnit Jupiter, 5.8 or newer, 6 included.
 *
 * <p>{@link dev.pgai.testkit.junit.PgaiTest} on a class is all that is needed; to choose in code, there is
 * {@link dev.pgai.testkit.junit.PgaiExtension}. Other test frameworks, and programs without one, use
 * {@link dev.pgai.testkit.TestDatabases} itself.
 */
@NullMarked
package dev.pgai.testkit.junit;

import org.jspecify.annotations.NullMarked;
