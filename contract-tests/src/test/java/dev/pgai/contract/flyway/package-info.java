/** Flyway's migrations and its clean. */
@NullMarked
package dev.pgai.contract.flyway;

import org.jspecify.annotations.NullMarked;
