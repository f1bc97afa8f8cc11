/**
 * Vectorizers in Flyway's Java migrations: {@link dev.pgai.flyway.VectorizerMigration} for versioned ones,
 * {@link dev.pgai.flyway.RepeatableVectorizerMigration} for repeatable ones, {@link dev.pgai.flyway.CleanGuard} for
 * {@code clean}, {@link dev.pgai.flyway.DamageWarning} for what does not work. Flyway 11 to 13.
 */
@NullMarked
package dev.pgai.flyway;

import org.jspecify.annotations.NullMarked;
