/** Replaces the embeddings of a vectorizer, side by side. Not exported. */
@NullMarked
package dev.pgai.jdbc.replace;

import org.jspecify.annotations.NullMarked;
