/**
 * Plans, and other changes, as migrations: values that become files of a migration tool. No tool is needed to write
 * them.
 */
@NullMarked
package dev.pgai.plan.migration;

import org.jspecify.annotations.NullMarked;
