package dev.pgai.jdbc.install;

import dev.pgai.jdbc.install.CatalogInstallException.Reason;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Whether a script may be installed into a database in this state, and if not, why not and what to do. */
final class InstallDecision {

    private static final CatalogVersion FIRST_AI_EXTENSION_WITHOUT_CATALOG =
            new CatalogVersion("0.10.0", 0, 10, 0, null);

    private InstallDecision() {}

    static boolean sameVersion(DatabaseState state, CatalogScript script) {
        return script.version().equals(state.status().version());
    }

    static void requirePossible(DatabaseState state, CatalogScript script) {
        CatalogStatus status = state.status();
        if (state.serverVersionNumber() < 150_000) {
            throw new CatalogInstallException(
                    Reason.POSTGRES_TOO_OLD,
                    "Database " + status.database() + " is on PostgreSQL " + status.postgresVersion()
                            + ". pgai needs 15 or newer: upgrade the server.");
        }
        requireUsableAiExtension(status);
        if (status.installed()) {
            requireOlderOrSame(state, script);
        } else if (state.schemaInUse() && status.aiExtensionVersion() == null) {
            throw new CatalogInstallException(
                    Reason.FOREIGN_SCHEMA,
                    "Database " + status.database()
                            + " has a schema ai that is not pgai's: it holds objects, but no table"
                            + " ai.pgai_lib_version. pgai can be in no other schema: rename that one (alter schema ai"
                            + " rename to ...) or use another database.");
        }
        if (status.vectorVersion() == null) {
            requireVectorToCreate(state);
        }
        if (!sameVersion(state, script)) {
            requireRights(state, script);
        }
    }

    private static void requireUsableAiExtension(CatalogStatus status) {
        String extension = status.aiExtensionVersion();
        if (extension == null) {
            return;
        }
        CatalogVersion version = CatalogVersion.parse(extension);
        if (version == null || version.compareTo(FIRST_AI_EXTENSION_WITHOUT_CATALOG) < 0) {
            throw new CatalogInstallException(
                    Reason.AI_EXTENSION_TOO_OLD,
                    "Database " + status.database() + " has the extension ai " + extension
                            + ", which holds the catalog itself. First update it to 0.10.0 or newer, which leaves the"
                            + " catalog to pgai (alter extension ai update), then install again.");
        }
    }

    private static void requireOlderOrSame(DatabaseState state, CatalogScript script) {
        CatalogStatus status = state.status();
        String text = status.version();
        if (!state.versionReadable()) {
            throw new CatalogInstallException(
                    Reason.NOT_OWNER,
                    "Database " + status.database() + " has a pgai catalog that belongs to role " + state.owner()
                            + ", and role " + state.user() + " may not read its version. Install as " + state.owner()
                            + " (set role, or its own login).");
        }
        CatalogVersion installed = text == null ? null : CatalogVersion.parse(text);
        if (installed == null) {
            throw new CatalogInstallException(
                    Reason.FOREIGN_SCHEMA,
                    "Database " + status.database() + " has a table ai.pgai_lib_version, but "
                            + (text == null ? "no row 'ai' in it" : "its version '" + text + "' is not one of pgai's")
                            + ". Was schema ai made by pgai? If not, rename it; if so, set the row right.");
        }
        if (installed.compareTo(script.parsedVersion()) > 0) {
            throw new CatalogInstallException(
                    Reason.DOWNGRADE,
                    "Database " + status.database() + " has pgai " + installed.text()
                            + ", which is newer than the script's "
                            + script.version() + ". There is no way back: take the script of " + installed.text()
                            + " or newer.");
        }
        if (status.vectorVersion() == null) {
            throw new CatalogInstallException(
                    Reason.VECTOR_MISSING,
                    "Database " + status.database() + " has pgai " + installed.text()
                            + ", but no longer the extension vector; what depended on it went with it. Restore the"
                            + " database, or drop schema ai cascade and install anew.");
        }
    }

    private static void requireVectorToCreate(DatabaseState state) {
        if (!state.vectorAvailable()) {
            throw new CatalogInstallException(
                    Reason.VECTOR_UNAVAILABLE,
                    "Database " + state.status().database()
                            + " has no extension vector, and the server has none to create."
                            + " Install pgvector on the server (Debian: the package postgresql-"
                            + state.serverVersionNumber() / 10_000
                            + "-pgvector), then install again.");
        }
    }

    private static void requireRights(DatabaseState state, CatalogScript script) {
        String owner = state.owner();
        if (owner != null && !owner.equals(state.user())) {
            throw new CatalogInstallException(
                    Reason.NOT_OWNER,
                    "The pgai catalog of database " + state.status().database() + " belongs to role " + owner
                            + "; role " + state.user() + " cannot upgrade it to " + script.version()
                            + ", not even as a superuser. Install as " + owner + " (set role, or its own login).");
        }
        if (!state.mayCreate()) {
            throw noPrivilege(state, script, null, null);
        }
    }

    /** Gives the refusal of a statement its reason, by SQLSTATE. */
    static CatalogInstallException failure(DatabaseState state, CatalogScript script, String sql, SQLException cause) {
        String sqlState = cause.getSQLState();
        String what = "Cannot install pgai " + script.version() + " into database "
                + state.status().database() + ": ";
        return switch (sqlState == null ? "" : sqlState) {
            case "42501" -> noPrivilege(state, script, sql, cause);
            case "2BP01" ->
                new CatalogInstallException(
                        Reason.DEPENDENT_OBJECTS,
                        what
                                + "something depends on an object that the upgrade drops. Drop what depends on it, install, and"
                                + " create it again. " + cause.getMessage(),
                        sql,
                        cause);
            case "3F000" ->
                new CatalogInstallException(
                        Reason.VECTOR_SCHEMA,
                        what + "the schema of the extension vector does not exist or cannot be used. Create it, or name"
                                + " another (withVectorSchema). " + cause.getMessage(),
                        sql,
                        cause);
            case "40001" ->
                new CatalogInstallException(
                        Reason.CONCURRENT_CHANGE,
                        what + "another session changed the catalog meanwhile. Roll back and install again. "
                                + cause.getMessage(),
                        sql,
                        cause);
            default -> new CatalogInstallException(Reason.FAILED, what + cause.getMessage(), sql, cause);
        };
    }

    private static CatalogInstallException noPrivilege(
            DatabaseState state, CatalogScript script, @Nullable String sql, @Nullable SQLException cause) {
        return new CatalogInstallException(
                Reason.NO_PRIVILEGE,
                "Role " + state.user() + " may not install pgai " + script.version() + " into database "
                        + state.status().database() + ": it needs the right create on the database (grant create on"
                        + " database ... to ...), and on schema ai where that exists. An extension vector that is not"
                        + " there yet and not trusted takes a superuser: let one run create extension vector."
                        + (cause == null ? "" : " " + cause.getMessage()),
                sql,
                cause);
    }
}
