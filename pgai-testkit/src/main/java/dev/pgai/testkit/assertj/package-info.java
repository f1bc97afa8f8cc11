/**
 * Assertions about vectorizers, in the style of AssertJ. Needs AssertJ 3 on the class path, which this library does not
 * bring along.
 *
 * <p>Start at {@link dev.pgai.testkit.assertj.PgaiAssertions}.
 */
@NullMarked
package dev.pgai.testkit.assertj;

import org.jspecify.annotations.NullMarked;
