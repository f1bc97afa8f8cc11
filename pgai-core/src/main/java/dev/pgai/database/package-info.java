/**
 * What a database holds and says of vectorizers: what was read, what was done, and why something was refused.
 *
 * <p>The interfaces here are implemented by this library alone, and may gain methods.
 */
@NullMarked
package dev.pgai.database;

import org.jspecify.annotations.NullMarked;
