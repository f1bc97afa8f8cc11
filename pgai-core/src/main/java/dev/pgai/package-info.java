/** What all modules share. */
@NullMarked
package dev.pgai;

import org.jspecify.annotations.NullMarked;
