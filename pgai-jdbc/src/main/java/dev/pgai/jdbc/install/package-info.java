/** Install the pgai catalog from a wheel or an {@code ai.sql}, and see what is installed. */
@NullMarked
package dev.pgai.jdbc.install;

import org.jspecify.annotations.NullMarked;
