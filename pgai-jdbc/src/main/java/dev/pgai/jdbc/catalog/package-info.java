/** The one look at a catalog: whether pgai is there, which generation, and what the user may do. Not exported. */
@NullMarked
package dev.pgai.jdbc.catalog;

import org.jspecify.annotations.NullMarked;
