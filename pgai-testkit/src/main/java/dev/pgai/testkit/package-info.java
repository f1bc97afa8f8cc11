/**
 * A PostgreSQL with pgai for tests: no Docker, no key, no network, a fresh database for each test.
 *
 * <p>Start at {@link dev.pgai.testkit.TestDatabases}.
 */
@NullMarked
package dev.pgai.testkit;

import org.jspecify.annotations.NullMarked;
