/**
 * The catalog of pgai in a database: the script that makes it, what is installed, and why it could not be.
 *
 * <p>The interfaces here are implemented by this library alone, and may gain methods.
 */
@NullMarked
package dev.pgai.catalog;

import org.jspecify.annotations.NullMarked;
