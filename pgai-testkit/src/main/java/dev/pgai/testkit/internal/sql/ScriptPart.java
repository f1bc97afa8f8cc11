package dev.pgai.testkit.internal.sql;

import org.jspecify.annotations.Nullable;

/**
 * A statement of a script.
 *
 * @param line where it begins, from 1
 * @param sql the statement, without the semicolon
 * @param data what follows it; null unless it is a {@code copy ... from stdin}
 */
record ScriptPart(int line, String sql, @Nullable String data) {}
