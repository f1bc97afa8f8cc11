package dev.pgai.jdbc.install;

import org.jspecify.annotations.Nullable;

/**
 * What {@link CatalogInstaller#install} did.
 *
 * @param outcome what became of the catalog
 * @param version the version that is installed now
 * @param previousVersion the version that was installed before; null when there was none
 * @param vectorSchema the schema of the extension {@code vector}, not quoted
 * @param vectorCreated whether the extension {@code vector} was created, too
 */
public record InstallResult(
        Outcome outcome, String version, @Nullable String previousVersion, String vectorSchema, boolean vectorCreated) {

    /** What became of the catalog. */
    public enum Outcome {
        /** The database had no catalog, and has one now. */
        INSTALLED,
        /** An older version was installed. */
        UPGRADED,
        /** The same version was installed already: nothing was done. */
        UNCHANGED
    }
}
