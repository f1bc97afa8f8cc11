package dev.pgai.catalog;

import org.jspecify.annotations.Nullable;

/** What {@code CatalogInstaller.install} did. */
public interface InstallResult {

    /** What became of the catalog. */
    enum Outcome {
        /** The database had no catalog, and has one now. */
        INSTALLED,
        /** An older version was installed. */
        UPGRADED,
        /**
         * The same version was installed already, and functions of it or the extension {@code vector} were lost, and
         * are there again.
         */
        REINSTALLED,
        /** The same version was installed already, and no function of it was lost: nothing was done. */
        UNCHANGED
    }

    /**
     * What became of the catalog.
     *
     * @return which of these
     */
    Outcome outcome();

    /**
     * The version that is installed now.
     *
     * @return the script's
     */
    String version();

    /**
     * The version that was installed before.
     *
     * @return null when there was none
     */
    @Nullable
    String previousVersion();

    /**
     * Where the extension {@code vector} is.
     *
     * @return its schema, not quoted
     */
    String vectorSchema();

    /**
     * Whether the extension {@code vector} was created, too.
     *
     * @return false when it was there
     */
    boolean vectorCreated();
}
