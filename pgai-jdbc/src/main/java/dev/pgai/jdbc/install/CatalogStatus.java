package dev.pgai.jdbc.install;

import dev.pgai.database.PgaiDatabaseException;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * What of pgai, and of what pgai can use, is in a database. Reading it changes nothing and needs no rights on schema
 * {@code ai}.
 *
 * @param database the name of the database
 * @param postgresVersion the server's version as it gives it, such as {@code 17.11}; pgai needs 15 or newer
 * @param installed whether the database has a pgai catalog of its own ({@code ai.pgai_lib_version}); the tables that
 *     the extension {@code ai} brought along up to 0.9 do not count
 * @param version the version of the catalog, such as {@code 0.12.1}; null when there is none, and when the user may not
 *     read {@code ai.pgai_lib_version}, which {@code ai.grant_vectorizer_usage(role, false)} does not grant
 * @param supported whether the catalog's functions are those that this library calls: pgai 0.10.2 and newer; known also
 *     when {@code version} is null
 * @param vectorVersion the version of the extension {@code vector} in this database, or null
 * @param vectorSchema the schema of the extension {@code vector}, not quoted, or null
 * @param aiExtensionVersion the version of the extension {@code ai}, or null; pgai needs none, and none older than
 *     0.10.0
 * @param timescaledbVersion the version of the extension {@code timescaledb}, which {@code ai.scheduling_timescaledb}
 *     needs, or null
 * @param vectorscaleVersion the version of the extension {@code vectorscale}, which {@code ai.indexing_diskann} needs,
 *     or null
 */
public record CatalogStatus(
        String database,
        String postgresVersion,
        boolean installed,
        @Nullable String version,
        boolean supported,
        @Nullable String vectorVersion,
        @Nullable String vectorSchema,
        @Nullable String aiExtensionVersion,
        @Nullable String timescaledbVersion,
        @Nullable String vectorscaleVersion) {

    /**
     * Reads the status in one round trip. In a transaction of the caller's it leaves that transaction as usable as it
     * was.
     *
     * @param connection stays the caller's: not committed, rolled back, switched or closed
     * @return the status
     * @throws PgaiDatabaseException when the database does not answer, or the transaction had failed before
     */
    public static CatalogStatus read(Connection connection) {
        return DatabaseState.read(connection).status();
    }
}
