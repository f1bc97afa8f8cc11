/**
 * Search by meaning: the rows whose embeddings are nearest to a vector, as one statement with its parameters, and what
 * is found.
 */
@NullMarked
package dev.pgai.search;

import org.jspecify.annotations.NullMarked;
