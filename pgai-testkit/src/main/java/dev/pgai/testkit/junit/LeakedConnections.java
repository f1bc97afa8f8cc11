package dev.pgai.testkit.junit;

/**
 * What becomes of connections that are still open when their database goes: with the test, or with the class. Counted
 * are those that were opened through a data source or a connection of the testkit, not those by URL; those that the
 * extension opened are closed before.
 */
public enum LeakedConnections {
    /** They are logged as a warning, with the places where they were opened. */
    WARN,

    /** The test fails with those places; with {@link DatabaseLifecycle#PER_CLASS} it is the class that fails. */
    FAIL
}
