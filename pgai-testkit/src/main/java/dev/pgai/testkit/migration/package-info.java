/**
 * Preparers that run the migrations of an application: {@link dev.pgai.testkit.migration.FlywayPreparer} and
 * {@link dev.pgai.testkit.migration.LiquibasePreparer}. Each needs its tool on the class path, which this library does
 * not bring along.
 */
@NullMarked
package dev.pgai.testkit.migration;

import org.jspecify.annotations.NullMarked;
