/** Slices of an application, in tests. */
@NullMarked
package dev.pgai.contract.spring.slice;

import org.jspecify.annotations.NullMarked;
