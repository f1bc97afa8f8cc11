/** Plans, and other changes, as migrations: values that become files of a migration tool. */
@NullMarked
package dev.pgai.plan.migration;

import org.jspecify.annotations.NullMarked;
