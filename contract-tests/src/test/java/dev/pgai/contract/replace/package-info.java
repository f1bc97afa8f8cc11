/** Embeddings are replaced by those of another definition, side by side. */
@NullMarked
package dev.pgai.contract.replace;

import org.jspecify.annotations.NullMarked;
