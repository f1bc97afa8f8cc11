package dev.pgai.jdbc;

import org.jspecify.annotations.Nullable;

/** The database has a pgai catalog from before 0.10.2, whose functions are not those that this library calls. */
public final class CatalogTooOldException extends PgaiDatabaseException {

    private static final long serialVersionUID = 1L;

    private final String database;
    private final @Nullable String version;

    CatalogTooOldException(String database, @Nullable String version) {
        super(
                "The pgai catalog in database \"" + database + "\" is "
                        + (version == null ? "of an unknown version" : "version " + version)
                        + ", and its functions are those of before 0.10.2. Upgrade it with the command \"pgai install\""
                        + " of pgai 0.10.2 or newer, or with dev.pgai.jdbc.install.CatalogInstaller and a newer wheel.",
                null,
                null);
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
