/**
 * What reads texts of others, under inputs that are made. As tests these run what is kept in
 * {@code src/test/resources/dev/pgai/fuzz}; {@code scripts/fuzz} makes more.
 */
@NullMarked
package dev.pgai.fuzz;

import org.jspecify.annotations.NullMarked;
