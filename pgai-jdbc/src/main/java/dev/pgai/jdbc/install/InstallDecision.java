package dev.pgai.jdbc.install;

import static java.util.Objects.requireNonNull;

import dev.pgai.catalog.CatalogInstallException;
import dev.pgai.catalog.CatalogInstallException.Reason;
import dev.pgai.catalog.CatalogScript;
import dev.pgai.catalog.InstallResult.Outcome;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.jdbc.connection.SqlErrors;
import dev.pgai.version.CatalogVersion;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a script does to a database in this state, or why it may not be installed there and what to do. */
final class InstallDecision {

    private static final CatalogVersion FIRST_AI_EXTENSION_WITHOUT_CATALOG =
            new CatalogVersion("0.10.0", 0, 10, 0, null);

    /** The script puts the name into strings and into format(), where these would mean something. */
    private static final Pattern BREAKS_THE_SCRIPT = Pattern.compile("[\"'$%\\\\]");

    private final DatabaseState state;
    private final InstalledCatalog status;
    private final CatalogScript script;
    private final @Nullable String newVectorSchema;

    private InstallDecision(DatabaseState state, CatalogScript script, @Nullable String newVectorSchema) {
        this.state = state;
        this.status = state.status();
        this.script = script;
        this.newVectorSchema = newVectorSchema;
    }

    static InstallPlan decide(DatabaseState state, CatalogScript script, @Nullable String newVectorSchema) {
        return new InstallDecision(state, script, newVectorSchema).plan();
    }

    private InstallPlan plan() {
        if (state.serverVersionNumber() < 150_000) {
            throw refused(
                    Reason.POSTGRES_TOO_OLD,
                    "Database " + status.database() + " is on PostgreSQL " + status.postgresVersion()
                            + ". pgai needs 15 or newer: upgrade the server.");
        }
        requireUsableAiExtension();
        Outcome outcome = outcome();
        boolean createsVector = status.vectorVersion() == null;
        if (createsVector) {
            requireVectorToCreate();
        }
        String vectorSchema = vectorSchema();
        if (outcome != Outcome.UNCHANGED) {
            requireUsableSchema(vectorSchema);
            requireRights();
        }
        return new InstallPlan(
                outcome, vectorSchema, createsVector, outcome == Outcome.REINSTALLED ? lost() : List.of());
    }

    private void requireUsableAiExtension() {
        String extension = status.aiExtensionVersion();
        if (extension == null) {
            return;
        }
        CatalogVersion version = CatalogVersion.parse(extension);
        if (version == null || version.compareTo(FIRST_AI_EXTENSION_WITHOUT_CATALOG) < 0) {
            throw refused(
                    Reason.AI_EXTENSION_TOO_OLD,
                    "Database " + status.database() + " has the extension ai " + extension
                            + ", which holds the catalog itself. First update it to 0.10.0 or newer, which leaves the"
                            + " catalog to pgai (alter extension ai update), then install again.");
        }
    }

    private Outcome outcome() {
        if (!status.installed()) {
            if (state.schemaInUse() && status.aiExtensionVersion() == null) {
                throw refused(
                        Reason.FOREIGN_SCHEMA,
                        "Database " + status.database()
                                + " has a schema ai that is not pgai's: it holds objects, but no table"
                                + " ai.pgai_lib_version. pgai can be in no other schema: rename that one (alter schema"
                                + " ai rename to ...) or use another database.");
            }
            String owner = state.untrustedOwner();
            if (owner != null) {
                throw refused(
                        Reason.FOREIGN_SCHEMA,
                        "Database " + status.database() + " has a schema ai that belongs to role " + owner
                                + ", who could replace what is installed there. If it is to be pgai's, change its owner"
                                + " (alter schema ai owner to ...); if not, rename it.");
            }
            return Outcome.INSTALLED;
        }
        CatalogVersion installed = installedVersion();
        if (installed.compareTo(requireNonNull(CatalogVersion.parse(script.version()))) > 0) {
            throw refused(
                    Reason.DOWNGRADE,
                    "Database " + status.database() + " has pgai " + installed.text()
                            + ", which is newer than the script's "
                            + script.version() + ". There is no way back: take the script of " + installed.text()
                            + " or newer.");
        }
        if (!installed.text().equals(script.version())) {
            return Outcome.UPGRADED;
        }
        return lost().isEmpty() && state.vectorType() == null && status.vectorVersion() != null
                ? Outcome.UNCHANGED
                : Outcome.REINSTALLED;
    }

    /** Another release may do without a function that this library knows. */
    private List<String> lost() {
        return state.missingFunctions().stream()
                .filter(name -> Pattern.compile("\\bfunction\\s+ai\\." + name + "\\s*\\(", Pattern.CASE_INSENSITIVE)
                        .matcher(script.sql())
                        .find())
                .toList();
    }

    private CatalogVersion installedVersion() {
        if (!state.versionReadable()) {
            throw refused(
                    Reason.NOT_OWNER,
                    "Database " + status.database() + " has a pgai catalog that belongs to role " + state.owner()
                            + ", and role " + state.user() + " may not read its version. Install as " + state.owner()
                            + " (set role, or its own login).");
        }
        String text = status.version();
        CatalogVersion installed = text == null ? null : CatalogVersion.parse(text);
        if (installed == null) {
            throw refused(
                    Reason.FOREIGN_SCHEMA,
                    "Database " + status.database() + " has a table ai.pgai_lib_version, but "
                            + (text == null ? "no row 'ai' in it" : "its version '" + text + "' is not one of pgai's")
                            + ". Was schema ai made by pgai? If not, rename it; if so, set the row right.");
        }
        return installed;
    }

    private void requireVectorToCreate() {
        if (!state.vectorAvailable()) {
            throw refused(
                    Reason.VECTOR_UNAVAILABLE,
                    "Database " + status.database()
                            + " has no extension vector, and the server has none to create."
                            + " Install pgvector on the server (Debian: the package postgresql-"
                            + state.serverVersionNumber() / 10_000
                            + "-pgvector), then install again.");
        }
    }

    private String vectorSchema() {
        String schema = status.vectorSchema();
        if (schema == null) {
            schema = state.vectorHome();
        }
        if (schema == null) {
            schema = newVectorSchema;
        }
        if (schema == null && status.installed()) {
            String type = state.vectorType();
            throw refused(
                    Reason.VECTOR_MISSING,
                    "Database " + status.database() + " has pgai " + status.version()
                            + ", but no longer the extension vector, and "
                            + (type == null || type.equals("vector")
                                    ? "no function of the catalog tells in which schema it was."
                                    : "the schema that it was in is gone: it was " + type + ".")
                            + " What depended on it went with it. Say where to create it (withVectorSchema).");
        }
        if (schema == null) {
            schema = state.currentSchema();
        }
        if (schema == null) {
            throw refused(
                    Reason.VECTOR_SCHEMA,
                    "Database " + status.database() + " has no extension vector, and no schema of the search path is"
                            + " there to create it in. Name one (withVectorSchema).");
        }
        return schema;
    }

    private void requireUsableSchema(String vectorSchema) {
        if (BREAKS_THE_SCRIPT.matcher(vectorSchema).find()) {
            throw refused(
                    Reason.VECTOR_SCHEMA,
                    "The extension vector cannot be in schema \"" + vectorSchema
                            + "\" for pgai: the name has a quote, a"
                            + " dollar sign, a percent sign or a backslash in it. "
                            + (status.vectorSchema() == null
                                    ? "Name another (withVectorSchema)."
                                    : "Move it (alter extension vector set schema ...)."));
        }
    }

    private void requireRights() {
        String owner = state.owner();
        if (owner != null && !owner.equals(state.user())) {
            throw refused(
                    Reason.NOT_OWNER,
                    "The pgai catalog of database " + status.database() + " belongs to role " + owner
                            + "; role " + state.user() + " cannot install " + script.version()
                            + " over it, not even as a superuser. Install as " + owner
                            + " (set role, or its own login).");
        }
        if (!state.mayCreate()) {
            throw refused(Reason.NO_PRIVILEGE, noPrivilege(state, script) + ".");
        }
    }

    private static CatalogInstallException refused(Reason reason, String message) {
        return new CatalogInstallException(reason, message, null, null, null);
    }

    /** Gives the refusal of a statement its reason, by SQLSTATE. */
    static CatalogInstallException failure(DatabaseState state, CatalogScript script, PgaiDatabaseException e) {
        String what = "Cannot install pgai " + script.version() + " into database "
                + state.status().database();
        return switch (SqlErrors.state(e)) {
            case SqlErrors.INSUFFICIENT_PRIVILEGE -> failure(Reason.NO_PRIVILEGE, noPrivilege(state, script), null, e);
            case SqlErrors.DEPENDENT_OBJECTS ->
                failure(
                        Reason.DEPENDENT_OBJECTS,
                        what,
                        "Something depends on an object that the upgrade drops: drop what depends on it, install, and"
                                + " create it again.",
                        e);
            case SqlErrors.UNDEFINED_SCHEMA ->
                failure(
                        Reason.VECTOR_SCHEMA,
                        what,
                        "The schema of the extension vector does not exist or cannot be used: create it, or name another"
                                + " (withVectorSchema).",
                        e);
            case SqlErrors.SERIALIZATION_FAILURE ->
                failure(
                        Reason.CONCURRENT_CHANGE,
                        what,
                        "Another session changed the catalog meanwhile: roll back and install again.",
                        e);
            default -> failure(Reason.FAILED, what, null, e);
        };
    }

    private static CatalogInstallException failure(
            Reason reason, String what, @Nullable String hint, PgaiDatabaseException e) {
        return new CatalogInstallException(
                reason, SqlErrors.message(what, hint, e), e.sql(), e.sqlState(), e.getCause());
    }

    private static String noPrivilege(DatabaseState state, CatalogScript script) {
        return "Role " + state.user() + " may not install pgai " + script.version() + " into database "
                + state.status().database() + ": it needs the right create on the database (grant create on"
                + " database ... to ...), and on schema ai where that exists. An extension vector that is not"
                + " there yet and not trusted takes a superuser: let one run create extension vector";
    }
}
