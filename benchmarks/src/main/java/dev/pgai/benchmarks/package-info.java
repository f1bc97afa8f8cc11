/** What a test database costs: {@link dev.pgai.benchmarks.Figures}. */
@NullMarked
package dev.pgai.benchmarks;

import org.jspecify.annotations.NullMarked;
