package dev.pgai.jdbc;

import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.RelationName;
import java.sql.Connection;
import java.util.List;

/**
 * What must hold before a vectorizer is read or changed, found out without a statement that can fail: a refused
 * statement would abort the caller's transaction, and would not say what else is missing.
 */
final class Preflight {

    private final String doing;
    private final CatalogLook look;

    private Preflight(String doing, CatalogLook look) {
        this.doing = doing;
        this.look = look;
    }

    /** Looks, and sees that the catalog is there and may be read. */
    static Preflight forReading(Connection connection, String doing) {
        CatalogLook look = CatalogLook.at(connection, doing);
        look.requireCatalog();
        Preflight preflight = new Preflight(doing, look);
        preflight.require(Grants.toRead(look).missing());
        return preflight;
    }

    CatalogLook look() {
        return look;
    }

    /** Sees that the row of a vectorizer may be changed. */
    void requireUpdate() {
        require(Grants.toRead(look)
                .unless(look.ai().update(), "grant update on ai.vectorizer to")
                .missing());
    }

    /** Sees that the row of a vectorizer may be deleted. Who may drop its objects, the server knows best. */
    void requireDelete() {
        require(Grants.toRead(look)
                .unless(look.ai().delete(), "grant delete on ai.vectorizer to")
                .missing());
    }

    /** What is missing to read {@code ai.vectorizer_errors}. */
    List<String> missingForErrors() {
        return Grants.of(look)
                .unless(look.ai().selectErrors(), "grant select on ai.vectorizer_errors to")
                .missing();
    }

    /** What is missing to read {@code ai.vectorizer_worker_progress}. */
    List<String> missingForProgress() {
        return Grants.of(look)
                .unless(look.ai().selectProgress(), "grant select on ai.vectorizer_worker_progress to")
                .missing();
    }

    /** What is missing to read a queue. */
    List<String> missingFor(RelationName table, boolean usage, boolean select) {
        return Grants.of(look)
                .unless(usage, Grants.usage(table.schema()))
                .unless(select, "grant select on " + SqlText.relation(table) + " to")
                .missing();
    }

    /** Sees that nothing is missing. */
    void require(List<String> missing) {
        if (!missing.isEmpty()) {
            throw Grants.exception(doing, look, missing);
        }
    }
}
