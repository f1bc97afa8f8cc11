/** Programs that the documentation shows. */
@NullMarked
package dev.pgai.examples;

import org.jspecify.annotations.NullMarked;
