package dev.pgai.jdbc;

import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the catalog of a database says about the objects that are pgai's. */
final class StoredManagedObjects {

    private static final Logger LOG = LoggerFactory.getLogger(StoredManagedObjects.class);

    private final List<ManagedObject> objects = new ArrayList<>();
    private State state = State.ABSENT;
    private String currentSchema = "public";
    private String database = "";

    private StoredManagedObjects() {}

    /**
     * The objects that are there, in one round trip. The default schema is the connection's current one.
     *
     * @param connection stays as it is, also in the middle of a transaction
     * @param declared what counts, together with everything in schema {@code ai}, where {@code ai.vectorizer} may not
     *     be read; not looked at otherwise
     * @return the objects; none where pgai is not installed
     * @throws CatalogTooOldException when the catalog's vectorizers have no names yet
     * @throws PgaiDatabaseException when the query fails
     */
    static ManagedObjects read(Connection connection, Collection<VectorizerDefinition> declared) {
        return Statements.lookUp(
                        connection,
                        ManagedObjectsQuery.SQL,
                        (sql, e) -> SqlErrors.of("Cannot read which objects belong to pgai", sql, e),
                        rows -> new StoredManagedObjects().read(rows))
                .toManagedObjects(declared);
    }

    private StoredManagedObjects read(ResultSet rows) throws SQLException {
        while (rows.next()) {
            String kind = rows.getString(1);
            if (kind.equals(ManagedObjectsQuery.STATE)) {
                // No schema is current when none on the search path exists.
                currentSchema = rows.getString(2) == null ? currentSchema : rows.getString(2);
                state = State.valueOf(rows.getString(3));
                database = rows.getString(4);
            } else {
                objects.add(new ManagedObject(
                        ManagedObject.Kind.valueOf(kind),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        ManagedObject.Reason.valueOf(rows.getString(6))));
            }
        }
        return this;
    }

    private ManagedObjects toManagedObjects(Collection<VectorizerDefinition> declared) {
        ManagedObjects found = ManagedObjects.of(objects).withDefaultSchema(currentSchema);
        return switch (state) {
            case ABSENT, READ -> found;
            case UNREADABLE -> {
                LOG.warn(
                        "The current user may not read ai.vectorizer in database \"{}\", so that only schema ai and"
                                + " the {} declared vectorizers count as pgai's. Have it granted:"
                                + " select ai.grant_vectorizer_usage('<user>')",
                        database,
                        declared.size());
                yield found.union(ManagedObjects.declared(declared));
            }
            case OLD -> throw new CatalogTooOldException(database, null);
        };
    }

    private enum State {
        ABSENT,
        READ,
        UNREADABLE,
        OLD
    }
}
