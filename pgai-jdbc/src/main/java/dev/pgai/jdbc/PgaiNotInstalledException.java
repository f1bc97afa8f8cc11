package dev.pgai.jdbc;

/** The database has no pgai catalog, so that there are no vectorizers in it and none can be created. */
public final class PgaiNotInstalledException extends PgaiDatabaseException {

    private static final long serialVersionUID = 1L;

    private final String database;

    PgaiNotInstalledException(String database) {
        super(
                "pgai is not installed in database \"" + database + "\": it has no function ai.create_vectorizer."
                        + " Install it there with the command \"pgai install\", or with"
                        + " dev.pgai.jdbc.install.CatalogInstaller and a pgai wheel.",
                null,
                null);
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
