/** Sees what there is of a vectorizer, and where that is not what its row says. Not exported. */
@NullMarked
package dev.pgai.jdbc.inspect;

import org.jspecify.annotations.NullMarked;
