package dev.pgai.jdbc;

import java.sql.Connection;

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
        Grants.toRead(look).require(doing);
        return new Preflight(doing, look);
    }

    CatalogLook look() {
        return look;
    }

    /** Sees that the row of a vectorizer may be changed. */
    void requireUpdate() {
        Grants.toRead(look)
                .unless(look.ai().update(), "grant update on ai.vectorizer to")
                .require(doing);
    }

    /** Sees that the row of a vectorizer may be deleted. Who may drop its objects, the server knows best. */
    void requireDelete() {
        Grants.toRead(look)
                .unless(look.ai().delete(), "grant delete on ai.vectorizer to")
                .require(doing);
    }
}
