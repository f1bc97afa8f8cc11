/** The embedded server: its binaries, its process, its files, and what other JVMs left of theirs. */
@NullMarked
package dev.pgai.testkit.internal.embedded;

import org.jspecify.annotations.NullMarked;
