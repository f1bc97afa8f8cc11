/** The examples run, and the README shows what runs. */
@NullMarked
package dev.pgai.examples;

import org.jspecify.annotations.NullMarked;
