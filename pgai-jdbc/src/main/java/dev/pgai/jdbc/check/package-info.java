/** Whether a definition works on a database: one query, then rules over what it found. Not exported. */
@NullMarked
package dev.pgai.jdbc.check;

import org.jspecify.annotations.NullMarked;
