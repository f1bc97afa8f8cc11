/** The stand-ins for pgvector and the pgai catalog: their files, and how they are told from the real ones. */
@NullMarked
package dev.pgai.testkit.internal.standin;

import org.jspecify.annotations.NullMarked;
