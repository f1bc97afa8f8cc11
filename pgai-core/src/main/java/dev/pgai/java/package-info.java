/** Java source text. */
@NullMarked
package dev.pgai.java;

import org.jspecify.annotations.NullMarked;
