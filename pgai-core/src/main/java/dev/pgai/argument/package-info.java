/** What arguments are checked by, wherever they are given. Not exported. */
@NullMarked
package dev.pgai.argument;

import org.jspecify.annotations.NullMarked;
