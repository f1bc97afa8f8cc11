package dev.pgai.database;

import java.util.List;

/** The database has no pgai catalog, so that there are no vectorizers in it and none can be created. */
public final class PgaiNotInstalledException extends RefusedException {

    private static final long serialVersionUID = 1L;

    private final String database;

    /**
     * Makes an exception.
     *
     * @param database the database that was looked at
     * @param problem why pgai counts as not installed
     */
    public PgaiNotInstalledException(String database, Problem problem) {
        super(problem.toString(), List.of(problem), null, null, null);
        this.database = database;
    }

    /**
     * The database that was looked at.
     *
     * @return its name
     */
    public String database() {
        return database;
    }
}
