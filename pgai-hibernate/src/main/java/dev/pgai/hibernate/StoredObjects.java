package dev.pgai.hibernate;

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
        ManagedObjects managed = pgai.managedObjects();
        if (!managed.isEmpty() && managed.list().stream().allMatch(object -> object.vectorizer() == null)) {
            // There is none, or the list is short because it may not be read: then this is refused.
            pgai.exists("");
        }
        return managed;
    }
}
