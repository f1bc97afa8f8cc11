/** What a page of figures is made of: tables, goals and plots. */
@NullMarked
package dev.pgai.benchmarks.page;

import org.jspecify.annotations.NullMarked;
