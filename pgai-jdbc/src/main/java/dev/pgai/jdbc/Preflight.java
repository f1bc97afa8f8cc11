package dev.pgai.jdbc;

import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must hold before an operation runs, found out without a statement that can fail: a refused statement would abort
 * the caller's transaction, and would not say what else is missing.
 */
final class Preflight {

    private final Connection connection;
    private final String doing;
    private final CatalogLook look;

    private Preflight(Connection connection, String doing, CatalogLook look) {
        this.connection = connection;
        this.doing = doing;
        this.look = look;
    }

    /** Looks, and sees that the catalog is there and may be read. */
    static Preflight forReading(Connection connection, String doing) {
        Preflight preflight = new Preflight(connection, doing, CatalogLook.at(connection, doing)).requireCatalog();
        preflight.require(preflight.readingRights());
        return preflight;
    }

    /** Looks, and sees that the catalog is there. All rights that are missing are to be named together, later. */
    static Preflight forCreating(Connection connection, String doing, VectorizerDefinition definition) {
        return new Preflight(connection, doing, CatalogLook.at(connection, doing, definition)).requireCatalog();
    }

    CatalogLook look() {
        return look;
    }

    private Preflight requireCatalog() {
        if (!look.installed()) {
            throw new PgaiNotInstalledException(look.database());
        }
        if (!look.supported()) {
            throw new CatalogTooOldException(look.database(), version());
        }
        return this;
    }

    boolean mayRead() {
        return look.ai().usage() && look.ai().select();
    }

    private @Nullable String version() {
        if (!look.versionReadable()) {
            return look.extensionVersion();
        }
        return Statements.lookUp(
                        connection,
                        "select v.version from ai.pgai_lib_version v where v.name operator(pg_catalog.=) 'ai'",
                        (sql, e) -> SqlErrors.of(doing, sql, e),
                        rows -> rows.next() ? Optional.of(rows.getString(1)) : Optional.<String>empty())
                .orElse(null);
    }

    /** Sees that the row of a vectorizer may be changed. */
    void requireUpdate() {
        require(readingRights().unless(look.ai().update(), "grant update on ai.vectorizer to"));
    }

    /** Sees that the row of a vectorizer may be deleted. Who may drop its objects, the server knows best. */
    void requireDelete() {
        require(readingRights().unless(look.ai().delete(), "grant delete on ai.vectorizer to"));
    }

    /** Sees that the source is there and that the vectorizer of a definition may be created. */
    void requireRightsToCreate(VectorizerDefinition definition) {
        CatalogLook.Source source = look.source();
        RelationName table = definition.source();
        if (source == null) {
            throw new SourceNotFoundException(
                    table,
                    doing + ": there is no table " + SqlText.relation(table) + " in database \"" + look.database()
                            + "\". Create it first, or correct the name: schema and upper case count.",
                    null,
                    null);
        }
        CatalogNames names = CatalogNames.of(definition);
        RelationName store = names.store();
        CatalogLook.AiRights ai = look.ai();
        Grants grants = readingRights()
                .unless(ai.execute(), "grant execute on all functions in schema ai to")
                .unless(ai.insert(), "grant insert on ai.vectorizer to")
                .unless(ai.nextId(), "grant usage on sequence ai.vectorizer_id_seq to")
                .unless(source.schema().usage(), usage(table.schema()))
                .unless(source.mayActAsOwner(), "alter table " + SqlText.relation(table) + " owner to");
        if (store != null) {
            // The view is in the source's schema.
            grants.unless(source.schema().create(), create(table.schema())).schema(look.target(), store.schema());
        }
        // The id does not matter for the schema.
        grants.schema(look.queue(), names.queue(0).schema());
        require(grants);
    }

    /** What is missing to read {@code ai.vectorizer_errors}. */
    List<String> missingForErrors() {
        return new Grants()
                .unless(look.ai().selectErrors(), "grant select on ai.vectorizer_errors to")
                .missing();
    }

    /** What is missing to read {@code ai.vectorizer_worker_progress}. */
    List<String> missingForProgress() {
        return new Grants()
                .unless(look.ai().selectProgress(), "grant select on ai.vectorizer_worker_progress to")
                .missing();
    }

    /** What is missing to read a queue. */
    List<String> missingFor(RelationName table, boolean usage, boolean select) {
        return new Grants()
                .unless(usage, usage(table.schema()))
                .unless(select, "grant select on " + SqlText.relation(table) + " to")
                .missing();
    }

    private Grants readingRights() {
        return new Grants()
                .unless(look.ai().usage(), usage("ai"))
                .unless(look.ai().select(), "grant select on ai.vectorizer to");
    }

    private void require(Grants grants) {
        require(grants.missing());
    }

    /** Sees that nothing is missing. */
    void require(List<String> missing) {
        if (!missing.isEmpty()) {
            throw new MissingRightsException(
                    look.user(),
                    missing,
                    doing + ": user \"" + look.user() + "\" lacks rights in database \"" + look.database()
                            + "\". Let the owners or a superuser run: " + String.join("; ", missing)
                            + ". Instead of a new owner for a table, membership in its owner's role is enough.",
                    null,
                    null);
        }
    }

    private static String usage(String schema) {
        return "grant usage on schema " + name(schema) + " to";
    }

    private static String create(String schema) {
        return "grant create on schema " + name(schema) + " to";
    }

    private static String name(String schema) {
        return schema.equals("ai") ? schema : SqlText.identifier(schema);
    }

    /** Collects the statements that are needed, each once. */
    private final class Grants {

        private final Set<String> missing = new LinkedHashSet<>();

        /** The statement lacks the user at its end. */
        Grants unless(boolean given, String statement) {
            if (!given) {
                missing.add(statement + " " + SqlText.identifier(look.user()));
            }
            return this;
        }

        /** A schema that is missing is left to the server: no grant helps. */
        void schema(CatalogLook.@Nullable SchemaRights rights, String schema) {
            if (rights != null) {
                unless(rights.usage(), usage(schema)).unless(rights.create(), create(schema));
            }
        }

        List<String> missing() {
            return List.copyOf(missing);
        }
    }
}
