/** What a database holds of vectorizers. Changes nothing. Not exported. */
@NullMarked
package dev.pgai.jdbc.read;

import org.jspecify.annotations.NullMarked;
