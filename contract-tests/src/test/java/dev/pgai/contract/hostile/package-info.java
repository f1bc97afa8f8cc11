/** Texts that were made to be executed, wherever a text can be given. */
@NullMarked
package dev.pgai.contract.hostile;

import org.jspecify.annotations.NullMarked;
