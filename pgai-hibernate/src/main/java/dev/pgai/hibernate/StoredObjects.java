package dev.pgai.hibernate;

import dev.pgai.database.PgaiNotInstalledException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.managed.ManagedObjects;
import java.sql.Connection;

/** What the catalog of a database says is pgai's. */
final class StoredObjects {

    private StoredObjects() {}

    /**
     * Reads it.
     *
     * @throws dev.pgai.database.RefusedException when the catalog is there, and cannot be read
     */
    static ManagedObjects of(Connection connection) {
        Pgai pgai = Pgai.on(connection);
        try {
            // Where it may not be read, the list of objects would be short, with a warning that few see.
            pgai.exists("");
        } catch (PgaiNotInstalledException e) {
            return ManagedObjects.none();
        }
        return pgai.managedObjects();
    }
}
