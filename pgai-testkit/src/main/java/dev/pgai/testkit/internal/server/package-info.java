/** What all kinds of servers have: access, connections, the databases of this JVM, and which of them stay. */
@NullMarked
package dev.pgai.testkit.internal.server;

import org.jspecify.annotations.NullMarked;
