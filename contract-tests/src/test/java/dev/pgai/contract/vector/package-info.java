/** What holds the stand-in for pgvector to the real one. */
@NullMarked
package dev.pgai.contract.vector;

import org.jspecify.annotations.NullMarked;
