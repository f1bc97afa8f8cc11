/** Searching: what a relation consists of, running a search, asking how it runs. Not exported. */
@NullMarked
package dev.pgai.jdbc.search;

import org.jspecify.annotations.NullMarked;
