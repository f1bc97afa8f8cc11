package dev.pgai.database;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The database has a pgai catalog from before 0.10.2, whose functions are not those that this library calls. */
public final class CatalogTooOldException extends RefusedException {

    private static final long serialVersionUID = 1L;

    private final String database;
    private final @Nullable String version;

    /**
     * Makes an exception.
     *
     * @param database the database that was looked at
     * @param version the version of the catalog, or null when it is not known
     * @param problem why it counts as too old
     */
    public CatalogTooOldException(String database, @Nullable String version, Problem problem) {
        super(problem.toString(), List.of(problem), null, null, null);
        this.database = database;
        this.version = version;
    }

    /**
     * The database that was looked at.
     *
     * @return its name
     */
    public String database() {
        return database;
    }

    /**
     * The version of the catalog.
     *
     * @return for example {@code 0.10.1}, or null when the current user may not read it
     */
    public @Nullable String version() {
        return version;
    }
}
