package dev.pgai.jdbc.read;

import dev.pgai.database.CatalogTooOldException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the catalog of a database says about the objects that are pgai's. */
public final class StoredManagedObjects {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pgai.jdbc");

    private final List<ManagedObject> objects = new ArrayList<>();
    private State state = State.ABSENT;
    private String currentSchema = "public";
    private String databaseName = "";

    private StoredManagedObjects() {}

    /**
     * The objects that are there, in one round trip. The default schema is the connection's current one.
     *
     * @param declared what counts, together with everything in schema {@code ai}, where {@code ai.vectorizer} may not
     *     be read; not looked at otherwise
     * @return the objects; none where pgai is not installed
     * @throws CatalogTooOldException when the catalog's vectorizers have no names yet
     * @throws PgaiDatabaseException when the query fails
     */
    public static ManagedObjects read(Database database, Collection<VectorizerDefinition> declared) {
        return database.query(ManagedObjectsQuery.SQL, rows -> new StoredManagedObjects().read(rows))
                .toManagedObjects(declared);
    }

    private StoredManagedObjects read(ResultSet rows) throws SQLException {
        while (rows.next()) {
            String kind = rows.getString(1);
            if (kind.equals(ManagedObjectsQuery.STATE)) {
                // No schema is current when none on the search path exists.
                currentSchema = rows.getString(2) == null ? currentSchema : rows.getString(2);
                state = State.valueOf(rows.getString(3));
                databaseName = rows.getString(4);
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
                        databaseName,
                        declared.size());
                yield found.union(ManagedObjects.declared(declared));
            }
            case OLD -> throw CatalogLook.tooOld(databaseName);
        };
    }

    private enum State {
        ABSENT,
        READ,
        UNREADABLE,
        OLD
    }
}
