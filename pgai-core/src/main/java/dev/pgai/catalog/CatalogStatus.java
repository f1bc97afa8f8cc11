package dev.pgai.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of pgai, and of what pgai can use, is in a database: {@code CatalogInstaller.status}. */
public interface CatalogStatus {

    /**
     * The database that was looked at.
     *
     * @return its name
     */
    String database();

    /**
     * The server's version. pgai needs 15 or newer.
     *
     * @return as the server gives it, such as {@code 17.11}
     */
    String postgresVersion();

    /**
     * Whether the database has a pgai catalog of its own ({@code ai.pgai_lib_version}). The tables that the extension
     * {@code ai} brought along up to 0.9 do not count.
     *
     * @return whether there is one, of any version
     */
    boolean installed();

    /**
     * The version of the catalog.
     *
     * @return such as {@code 0.12.1}; null when there is none, and when the user may not read
     *     {@code ai.pgai_lib_version}, which {@code ai.grant_vectorizer_usage(role, false)} does not grant
     */
    @Nullable
    String version();

    /**
     * Whether the catalog is one that this library works with: pgai 0.10.2 and newer. Known also when
     * {@link #version()} is null.
     *
     * @return false when there is none
     */
    boolean supported();

    /**
     * What this library calls, each supported catalog has, and this one has lost, as {@code drop extension vector
     * cascade} does to it. To install the same version again brings functions and the extension back, but no tables,
     * nor the view {@code ai.vectorizer_errors}.
     *
     * @return names of functions and relations such as {@code ai.vectorizer_embed}, and of the type {@code vector}
     *     where the catalog looks for it; unmodifiable, and empty when all is there or the catalog is not
     *     {@linkplain #supported() supported}
     */
    List<String> missing();

    /**
     * The version of the extension {@code vector}.
     *
     * @return null when the database does not have it
     */
    @Nullable
    String vectorVersion();

    /**
     * Where the extension {@code vector} is.
     *
     * @return its schema, not quoted; null when the database does not have it
     */
    @Nullable
    String vectorSchema();

    /**
     * The version of the extension {@code ai}. pgai needs none, and none older than 0.10.0.
     *
     * @return null when the database does not have it
     */
    @Nullable
    String aiExtensionVersion();

    /**
     * The version of the extension {@code timescaledb}, which {@code ai.scheduling_timescaledb} needs.
     *
     * @return null when the database does not have it
     */
    @Nullable
    String timescaledbVersion();

    /**
     * The version of the extension {@code vectorscale}, which {@code ai.indexing_diskann} needs.
     *
     * @return null when the database does not have it
     */
    @Nullable
    String vectorscaleVersion();
}
