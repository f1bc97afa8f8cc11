/** Compares what is desired with what there is, and carries plans out. Not exported. */
@NullMarked
package dev.pgai.jdbc.plan;

import org.jspecify.annotations.NullMarked;
