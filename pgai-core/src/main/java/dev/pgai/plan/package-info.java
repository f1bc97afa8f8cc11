/**
 * What a database should hold, compared with what it holds, and what would make them one.
 *
 * <p>A {@link dev.pgai.plan.VectorizerPlan} is a value: it is made without writing, read by people or as JSON, and
 * carried out by {@code Pgai.apply} once whoever is asked has agreed to its {@linkplain dev.pgai.plan.Hazard hazards}.
 */
@NullMarked
package dev.pgai.plan;

import org.jspecify.annotations.NullMarked;
