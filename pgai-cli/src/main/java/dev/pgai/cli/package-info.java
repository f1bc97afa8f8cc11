/**
 * The command line: it parses arguments, calls {@code Pgai}, prints, and ends with a code. It decides nothing about
 * vectorizers itself.
 */
@NullMarked
package dev.pgai.cli;

import org.jspecify.annotations.NullMarked;
