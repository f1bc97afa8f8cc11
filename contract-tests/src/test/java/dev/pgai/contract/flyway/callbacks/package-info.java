/** Callbacks that Flyway looks for in a package. */
@NullMarked
package dev.pgai.contract.flyway.callbacks;

import org.jspecify.annotations.NullMarked;
