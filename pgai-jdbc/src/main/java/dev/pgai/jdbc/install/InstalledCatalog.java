package dev.pgai.jdbc.install;

import dev.pgai.catalog.CatalogStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What users are shown of a {@link DatabaseState}. */
record InstalledCatalog(
        String database,
        String postgresVersion,
        boolean installed,
        @Nullable String version,
        boolean supported,
        List<String> missing,
        @Nullable String vectorVersion,
        @Nullable String vectorSchema,
        @Nullable String aiExtensionVersion,
        @Nullable String timescaledbVersion,
        @Nullable String vectorscaleVersion)
        implements CatalogStatus {}
