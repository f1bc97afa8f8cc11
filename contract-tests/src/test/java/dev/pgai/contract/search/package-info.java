/** Search by meaning, by every way to run it. */
@NullMarked
package dev.pgai.contract.search;

import org.jspecify.annotations.NullMarked;
