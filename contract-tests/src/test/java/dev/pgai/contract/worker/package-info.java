/** The worker for tests, and what pgai's own worker does with the same rows. */
@NullMarked
package dev.pgai.contract.worker;

import org.jspecify.annotations.NullMarked;
