package dev.pgai.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of an operation that may change the database.
 *
 * @param change what was changed, for the log; null when nothing was
 */
record Done<T>(T result, @Nullable String change) {}
