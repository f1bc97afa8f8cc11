/**
 * A database for tests of an application of Quarkus': {@link dev.pgai.testkit.quarkus.PgaiTestResource}. Needs Quarkus'
 * own test library on the class path, which this library does not bring along.
 */
@NullMarked
package dev.pgai.testkit.quarkus;

import org.jspecify.annotations.NullMarked;
