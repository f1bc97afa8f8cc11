package dev.pgai.jdbc;

import dev.pgai.managed.ManagedObjects;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.util.List;

/** Lets the tests of the query at the query, beside the facade. */
public final class StoredManagedObjectsAccess {

    private StoredManagedObjectsAccess() {}

    public static ManagedObjects read(Connection connection, VectorizerDefinition... declared) {
        return StoredManagedObjects.read(connection, List.of(declared));
    }

    public static String query() {
        return ManagedObjectsQuery.SQL;
    }
}
