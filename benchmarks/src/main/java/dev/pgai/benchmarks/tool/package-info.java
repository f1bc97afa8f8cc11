/** Tools with and without the library: migrations, diffs of schemas, an application that starts. */
@NullMarked
package dev.pgai.benchmarks.tool;

import org.jspecify.annotations.NullMarked;
