/** The order of pgai's versions. Not exported. */
@NullMarked
package dev.pgai.version;

import org.jspecify.annotations.NullMarked;
