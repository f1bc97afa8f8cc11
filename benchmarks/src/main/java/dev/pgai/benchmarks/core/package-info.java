/** What needs no database: definitions, their SQL and JSON, the predicate, plans. */
@NullMarked
package dev.pgai.benchmarks.core;

import org.jspecify.annotations.NullMarked;
