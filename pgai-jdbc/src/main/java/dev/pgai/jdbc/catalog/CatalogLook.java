package dev.pgai.jdbc.catalog;

import dev.pgai.database.CatalogTooOldException;
import dev.pgai.database.MissingRightsException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.PgaiNotInstalledException;
import dev.pgai.database.Problem;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.connection.SqlErrors;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.version.CatalogVersion;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a database tells before anything else is asked of it. It reads what everybody may read, so that it
 * never fails for want of rights or of pgai, which would abort the caller's transaction.
 *
 * @param user PostgreSQL's {@code current_user}
 * @param isolation such as {@code read committed}
 * @param installed whether there is the table of the vectorizers
 * @param supported whether table and functions are those of 0.10.2 or newer
 * @param missingFunctions those that each supported catalog has, and this one has no more
 * @param missingVector the type of embeddings where the catalog looks for it, when it is not there; else null
 * @param version the version of a catalog that is too old, or null when it may not be read or nobody needs it
 * @param extension the version of the extension {@code ai}, or null
 * @param ai what the user may do in schema {@code ai}
 */
public record CatalogLook(
        String database,
        String user,
        String isolation,
        boolean installed,
        boolean supported,
        List<String> missingFunctions,
        @Nullable String missingVector,
        @Nullable String version,
        @Nullable String extension,
        AiRights ai) {

    /** What makes lost functions again. */
    public static final String REINSTALL =
            "Run CatalogInstaller with the wheel of the version that is installed: it makes them again.";

    /** What makes the type of embeddings known again. */
    public static final String VECTOR_BACK = "Run CatalogInstaller with the wheel of the version that is installed: it"
            + " creates the extension vector there again; where it was only moved, it takes note of that.";

    /** Rights on what the catalog consists of. */
    public record AiRights(
            boolean usage,
            boolean select,
            boolean insert,
            boolean update,
            boolean delete,
            boolean nextId,
            boolean execute,
            Access errors,
            Access progress) {}

    /** Whether a table may be read. */
    public enum Access {
        /** It may. */
        GRANTED,
        /** It is there, and may not be read. */
        MISSING_RIGHT,
        /** It is not there. */
        MISSING_TABLE
    }

    /** Embeds a text of a query. No vectorizer, and no worker, needs it. */
    public static final String EMBED = "vectorizer_embed";

    /** What vectorizers, workers and this library call, in each version from 0.10.2 on. */
    private static final List<String> FUNCTIONS = List.of(
            "create_vectorizer",
            "drop_vectorizer",
            "enable_vectorizer_schedule",
            "disable_vectorizer_schedule",
            "vectorizer_queue_pending",
            EMBED,
            "grant_to",
            "_evaluate_destination",
            "_validate_loading",
            "_validate_parsing",
            "_validate_embedding",
            "_validate_chunking",
            "_validate_formatting",
            "_validate_processing",
            "_vectorizer_source_pk",
            "_vectorizer_create_queue_table",
            "_vectorizer_create_queue_failed_table",
            "_vectorizer_create_target_table",
            "_vectorizer_create_view",
            "_vectorizer_create_source_trigger",
            "_vectorizer_add_embedding_column",
            "_worker_start",
            "_worker_heartbeat",
            "_worker_progress");

    /** Of the table {@code rel} of versions: whether it has its two columns. */
    public static final String VERSION_COLUMNS = "2::pg_catalog.int8 operator(pg_catalog.=) (select pg_catalog.count(*)"
            + " from pg_catalog.pg_attribute a where a.attrelid operator(pg_catalog.=) rel.oid and not a.attisdropped"
            + " and a.attname operator(pg_catalog.=) any (array['name', 'version']::pg_catalog.name[]))";

    /*
     * Every name is qualified, operators included: with a search path like "mine, pg_catalog" others come first.
     * to_regclass() is not used, because it raises 42501 without USAGE on the schema. The version is in a table that
     * may be missing, hence ts_stat(): see ManagedObjectsQuery. The extension ai had the catalog inside up to 0.9.
     */
    public static final String SQL = """
            with ns as (
              select n.oid from pg_catalog.pg_namespace n where n.nspname operator(pg_catalog.=) 'ai'
            ), rel as (
              select c.oid, c.relname from ns, pg_catalog.pg_class c
              where c.relname operator(pg_catalog.=) any (array['vectorizer', 'vectorizer_status', 'vectorizer_id_seq',
                'vectorizer_errors', 'vectorizer_worker_progress', 'pgai_lib_version']::pg_catalog.name[])
              and c.relnamespace operator(pg_catalog.=) ns.oid
            ), known as (
              select k.name from pg_catalog.unnest({functions}::pg_catalog.name[]) k (name)
            ), fn as (
              select p.oid, p.proname, p.proargnames, p.proargtypes from known, ns, pg_catalog.pg_proc p
              where p.proname operator(pg_catalog.=) known.name and p.pronamespace operator(pg_catalog.=) ns.oid
            ), creator as (
              select fn.oid from fn where fn.proname operator(pg_catalog.=) 'create_vectorizer'
              and 'if_not_exists' operator(pg_catalog.=) any (fn.proargnames)
            ), vectorizer as (
              select rel.oid from rel where rel.relname operator(pg_catalog.=) 'vectorizer'
            ), generation as materialized (
              select exists (select from vectorizer v where exists (select from fn
                  where fn.proname operator(pg_catalog.=) 'create_vectorizer')
                or exists (select from pg_catalog.pg_attribute a where a.attrelid operator(pg_catalog.=) v.oid
                  and a.attname operator(pg_catalog.=) 'trigger_name' and not a.attisdropped)) as installed,
                (exists (select from creator)
                  or not exists (select from fn where fn.proname operator(pg_catalog.=) 'create_vectorizer'))
                and (exists (select from fn where fn.proname operator(pg_catalog.=) 'drop_vectorizer'
                    and fn.proargtypes[0] operator(pg_catalog.=) 'pg_catalog.text'::pg_catalog.regtype)
                  or not exists (select from fn where fn.proname operator(pg_catalog.=) 'drop_vectorizer'))
                and exists (select from vectorizer v join pg_catalog.pg_attribute a
                    on a.attrelid operator(pg_catalog.=) v.oid
                  where a.attname operator(pg_catalog.=) 'name' and not a.attisdropped)
                and not exists (select from rel where rel.relname operator(pg_catalog.=) 'vectorizer_status'
                  and not exists (select from pg_catalog.pg_attribute a where a.attrelid operator(pg_catalog.=) rel.oid
                    and a.attname operator(pg_catalog.=) 'name')) as supported
            ), vector as (
              select pg_catalog.substring(p.prosrc, '("(?:[^"]|"")+"|[^[:space:],("]+)[.]vector[(]') as schema
              from ns join pg_catalog.pg_proc p on p.pronamespace operator(pg_catalog.=) ns.oid
                and p.proname operator(pg_catalog.=) '_vectorizer_create_target_table'
              limit 1
            )
            select
              pg_catalog.current_database() as database,
              current_user as "user",
              pg_catalog.current_setting('transaction_isolation') as isolation,
              generation.installed,
              generation.supported,
              (select pg_catalog.array_agg(known.name::pg_catalog.text) from known
                where not exists (select from fn where fn.proname operator(pg_catalog.=) known.name)) as missing_functions,
              case when not exists (select from pg_catalog.pg_type t
                  join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) t.typnamespace
                  left join vector on true
                  where t.typname operator(pg_catalog.=) 'vector' and (vector.schema is null
                    or pg_catalog.replace(pg_catalog.quote_ident(n.nspname), '"', '') operator(pg_catalog.=)
                      pg_catalog.replace(vector.schema, '"', '')))
                then coalesce((select pg_catalog.concat(vector.schema, '.vector') from vector
                  where vector.schema is not null), 'vector') end as missing_vector,
              coalesce(
                (select pg_catalog.substr(s.word, 2) from ns, rel
                  cross join lateral pg_catalog.ts_stat(
                    case when generation.installed and not generation.supported
                      and pg_catalog.has_schema_privilege(ns.oid, 'usage')
                      and pg_catalog.has_table_privilege(rel.oid, 'select')
                    then $q$ select pg_catalog.array_to_tsvector(array[pg_catalog.concat('v', v.version)])
                      from ai.pgai_lib_version v where v.name operator(pg_catalog.=) 'ai' $q$ end) s
                  where rel.relname operator(pg_catalog.=) 'pgai_lib_version' and {has_columns}),
                (select e.extversion from pg_catalog.pg_extension e
                  where e.extname operator(pg_catalog.=) 'ai')) as version,
              (select e.extversion from pg_catalog.pg_extension e
                where e.extname operator(pg_catalog.=) 'ai') as ai_extension,
              (select pg_catalog.has_schema_privilege(ns.oid, 'usage') from ns) as ai_usage,
              (select pg_catalog.has_table_privilege(v.oid, 'select') from vectorizer v) as ai_select,
              (select pg_catalog.has_table_privilege(v.oid, 'insert') from vectorizer v) as ai_insert,
              (select pg_catalog.has_table_privilege(v.oid, 'update') from vectorizer v) as ai_update,
              (select pg_catalog.has_table_privilege(v.oid, 'delete') from vectorizer v) as ai_delete,
              (select pg_catalog.has_sequence_privilege(rel.oid, 'usage, update') from rel
                where rel.relname operator(pg_catalog.=) 'vectorizer_id_seq') as ai_next_id,
              (select pg_catalog.has_function_privilege(creator.oid, 'execute') from creator) as ai_execute,
              (select pg_catalog.has_table_privilege(rel.oid, 'select') from rel
                where rel.relname operator(pg_catalog.=) 'vectorizer_errors') as ai_select_errors,
              (select pg_catalog.has_table_privilege(rel.oid, 'select') from rel
                where rel.relname operator(pg_catalog.=) 'vectorizer_worker_progress') as ai_select_progress
            from generation
            """.replace("{has_columns}", VERSION_COLUMNS)
            .replace("{functions}", "array['" + String.join("', '", FUNCTIONS) + "']");

    /** Looks, and says what is there. */
    public static CatalogLook at(Database database) {
        return database.query(SQL, rows -> {
            rows.next();
            return read(rows);
        });
    }

    /** Looks, and sees that the catalog is there and may be read. */
    public static CatalogLook forReading(Database database) {
        CatalogLook look = at(database);
        look.requireCatalog();
        look.grantsToRead().require(database.operation());
        return look;
    }

    /** From a row of a query that has {@link #SQL} in it. */
    public static CatalogLook read(ResultSet row) throws SQLException {
        return new CatalogLook(
                row.getString("database"),
                row.getString("user"),
                row.getString("isolation"),
                row.getBoolean("installed"),
                row.getBoolean("supported"),
                texts(row.getArray("missing_functions")),
                row.getString("missing_vector"),
                row.getString("version"),
                row.getString("ai_extension"),
                new AiRights(
                        row.getBoolean("ai_usage"),
                        row.getBoolean("ai_select"),
                        row.getBoolean("ai_insert"),
                        row.getBoolean("ai_update"),
                        row.getBoolean("ai_delete"),
                        row.getBoolean("ai_next_id"),
                        row.getBoolean("ai_execute"),
                        access(row, "ai_select_errors"),
                        access(row, "ai_select_progress")));
    }

    private static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private static Access access(ResultSet row, String column) throws SQLException {
        boolean granted = row.getBoolean(column);
        if (row.wasNull()) {
            return Access.MISSING_TABLE;
        }
        return granted ? Access.GRANTED : Access.MISSING_RIGHT;
    }

    /** Sees that there is a catalog that this library knows. */
    public void requireCatalog() {
        if (!installed) {
            throw new PgaiNotInstalledException(database, notInstalled());
        }
        if (!supported) {
            throw new CatalogTooOldException(database, version, tooOld());
        }
    }

    /** What is wrong with the catalog, if anything is. */
    public List<Problem> problems() {
        if (!installed) {
            return List.of(notInstalled());
        }
        if (!supported) {
            return List.of(tooOld());
        }
        List<Problem> problems = new ArrayList<>();
        List<String> missing =
                missingFunctions.stream().filter(name -> !name.equals(EMBED)).toList();
        if (!missing.isEmpty()) {
            problems.add(Problem.of(
                    Problem.Code.CATALOG_INCOMPLETE,
                    null,
                    String.join(", ", missing),
                    "The pgai catalog in database \"" + database + "\" has no function "
                            + String.join(
                                    ", ",
                                    missingFunctions.stream()
                                            .map(name -> "ai." + name)
                                            .toList()) + " any more.",
                    REINSTALL));
        }
        if (missingVector != null) {
            problems.add(Problem.of(
                    Problem.Code.VECTOR_MISSING,
                    null,
                    missingVector,
                    "There is no type " + missingVector + " in database \"" + database
                            + "\", where the pgai catalog looks" + " for it.",
                    VECTOR_BACK));
        }
        return problems;
    }

    private Problem notInstalled() {
        return Problem.of(
                Problem.Code.PGAI_NOT_INSTALLED,
                null,
                database,
                "pgai is not installed in database \"" + database + "\": it has no table ai.vectorizer."
                        + (extensionHasNoCatalog() ? extensionWithoutCatalog() : ""),
                (extension == null || extensionHasNoCatalog()
                                ? ""
                                : "Update the extension ai " + extension
                                        + " to 0.10.0 or newer, which leaves the catalog to pgai (alter extension ai"
                                        + " update). ")
                        + "Install it there with the command \"pgai install\", or with dev.pgai.jdbc.CatalogInstaller"
                        + " and a pgai wheel.");
    }

    private boolean extensionHasNoCatalog() {
        CatalogVersion installedExtension = extension == null ? null : CatalogVersion.parse(extension);
        return installedExtension != null && (installedExtension.major() > 0 || installedExtension.minor() >= 10);
    }

    private String extensionWithoutCatalog() {
        return " Its extension ai " + extension
                + " no longer has the functions of vectorizers: since 0.10 they are installed apart from the extension.";
    }

    private Problem tooOld() {
        if (!missingFunctions.contains("create_vectorizer") || !extensionHasNoCatalog()) {
            return tooOld(database, version);
        }
        return Problem.of(
                Problem.Code.CATALOG_TOO_OLD,
                null,
                version,
                "Database \"" + database + "\" has vectorizers of before 0.10, and nothing that works for them."
                        + extensionWithoutCatalog(),
                "Install them with the command \"pgai install\", or with dev.pgai.jdbc.CatalogInstaller and a pgai"
                        + " wheel.");
    }

    /** For a look of another kind, that saw a catalog without the columns of 0.10.2. */
    public static CatalogTooOldException tooOld(String database) {
        return new CatalogTooOldException(database, null, tooOld(database, null));
    }

    private static Problem tooOld(String database, @Nullable String version) {
        return Problem.of(
                Problem.Code.CATALOG_TOO_OLD,
                null,
                version,
                "The pgai catalog in database \"" + database + "\" is "
                        + (version == null ? "of an unknown version" : "version " + version)
                        + ", and its functions are those of before 0.10.2.",
                "Upgrade it with the command \"pgai install\" of pgai 0.10.2 or newer, or with"
                        + " dev.pgai.jdbc.CatalogInstaller and a newer wheel.");
    }

    /** To collect what the user lacks. */
    public Grants grants() {
        return new Grants(database, user);
    }

    /** What the user lacks to read. */
    public Grants grantsToRead() {
        return grants().unless(ai.usage(), Grants.usage(CatalogNames.SCHEMA))
                .unless(ai.select(), "grant select on ai.vectorizer to");
    }

    /** What is missing to read {@code ai.vectorizer_errors}, where it is there. */
    public List<String> missingForErrors() {
        return grants().unless(ai.errors() != Access.MISSING_RIGHT, "grant select on ai.vectorizer_errors to")
                .missing();
    }

    /** What is missing to read {@code ai.vectorizer_worker_progress}, where it is there. */
    public List<String> missingForProgress() {
        return grants().unless(
                        ai.progress() != Access.MISSING_RIGHT, "grant select on ai.vectorizer_worker_progress to")
                .missing();
    }

    /** Another transaction cannot be seen once this one has looked. */
    public boolean keepsItsSnapshot() {
        return !isolation.startsWith("read ");
    }

    /**
     * What to say of something that is there and is not, or the other way round; empty where that has another cause.
     */
    public String snapshotHint() {
        return keepsItsSnapshot()
                ? "This transaction is " + isolation
                        + " and does not see what others committed after its first statement: end it and look again in a"
                        + " new one."
                : "";
    }

    /** For rights that were not known beforehand, such as those on a queue: the server's message says which. */
    public MissingRightsException missingRights(String operation, PgaiDatabaseException e) {
        String message = SqlErrors.message(
                "Cannot " + operation,
                "Run it as a superuser or as the owner of source, queue and store, or have user \"" + user
                        + "\" granted what the message says.",
                e);
        return new MissingRightsException(
                user,
                List.of(),
                message,
                List.of(Problem.of(Problem.Code.RIGHT_MISSING, null, null, message, "")),
                e.sql(),
                e.sqlState(),
                e.getCause());
    }
}
