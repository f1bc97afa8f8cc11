package dev.pgai.jdbc;

import dev.pgai.sql.SqlText;

/**
 * SQL for what many sessions may ask for at once and one of them does. It is one statement, so that it is atomic in
 * autocommit, too: it waits for the lock, then looks, and under the lock it sees what the others have committed.
 */
final class UnderLock {

    /** Lasts as long as the transaction, so that the next statement of the same text can read it. */
    private static final String SETTING = SqlText.literal("pgai.changed");

    /** An expression for the statement that follows in the same text: {@code true} when the change was made. */
    static final String CHANGED = "pg_catalog.current_setting(" + SETTING + ")";

    private UnderLock() {}

    /** A statement that makes a change, which is a {@code select}, if a condition holds. */
    static String changeIf(String condition, String change) {
        return "do "
                + SqlText.literal("begin perform pg_catalog.pg_advisory_xact_lock(" + Pgai.LOCK
                        + "); perform pg_catalog.set_config(" + SETTING + ", 'false', true); if " + condition
                        + " then perform (" + change + "); perform pg_catalog.set_config(" + SETTING
                        + ", 'true', true); end if; end");
    }
}
