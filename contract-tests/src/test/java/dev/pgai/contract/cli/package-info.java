/** The command line, as a program and within this JVM. */
@NullMarked
package dev.pgai.contract.cli;

import org.jspecify.annotations.NullMarked;
