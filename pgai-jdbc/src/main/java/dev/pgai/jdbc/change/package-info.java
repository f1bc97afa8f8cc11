/** Does changes. Not exported. */
@NullMarked
package dev.pgai.jdbc.change;

import org.jspecify.annotations.NullMarked;
