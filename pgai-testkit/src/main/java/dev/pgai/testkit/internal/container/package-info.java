/** A server in a container. */
@NullMarked
package dev.pgai.testkit.internal.container;

import org.jspecify.annotations.NullMarked;
