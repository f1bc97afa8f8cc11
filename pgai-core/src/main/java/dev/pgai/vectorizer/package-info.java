/**
 * What a vectorizer is: its definition, its options, its JSON form, and the names that the catalog gives it.
 *
 * <p>Everything here is an immutable value. Validation happens at construction and throws
 * {@link dev.pgai.InvalidArgumentException}.
 */
@NullMarked
package dev.pgai.vectorizer;

import org.jspecify.annotations.NullMarked;
