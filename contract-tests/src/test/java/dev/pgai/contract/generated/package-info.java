/** Definitions by chance, with hostile text wherever text goes. */
@NullMarked
package dev.pgai.contract.generated;

import org.jspecify.annotations.NullMarked;
