/**
 * Lists of what belongs to pgai, in the formats of tools that take lists of what to leave alone:
 * {@link dev.pgai.managed.exclusion.ExclusionFormat}.
 */
@NullMarked
package dev.pgai.managed.exclusion;

import org.jspecify.annotations.NullMarked;
