/** What the library costs on a database, beside the same by plain JDBC. */
@NullMarked
package dev.pgai.benchmarks.database;

import org.jspecify.annotations.NullMarked;
