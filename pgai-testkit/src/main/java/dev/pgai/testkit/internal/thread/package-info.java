/** Threads: waiting, and work that nobody waits for. */
@NullMarked
package dev.pgai.testkit.internal.thread;

import org.jspecify.annotations.NullMarked;
