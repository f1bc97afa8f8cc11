package dev.pgai.jdbc;

import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the catalog of a database says about the objects that are pgai's. */
final class StoredManagedObjects {

    private static final Logger LOG = LoggerFactory.getLogger(StoredManagedObjects.class);

    private StoredManagedObjects() {}

    /** As {@link #read(Connection, Collection)}, with nothing declared. */
    static ManagedObjects read(Connection connection) {
        return read(connection, List.of());
    }

    /**
     * The objects that are there, in one round trip. The default schema is the connection's current one.
     *
     * @param connection stays as it is, also in the middle of a transaction
     * @param declared what counts, together with everything in schema {@code ai}, where {@code ai.vectorizer} may not
     *     be read; not looked at otherwise
     * @return the objects; none where pgai is not installed
     * @throws PgaiDatabaseException when the catalog is older than this library knows, or the query fails
     */
    static ManagedObjects read(Connection connection, Collection<VectorizerDefinition> declared) {
        List<ManagedObject> objects = new ArrayList<>();
        String currentSchema = null;
        State state = State.ABSENT;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ManagedObjectsQuery.SQL)) {
            while (rows.next()) {
                String kind = rows.getString(1);
                if (kind.equals(ManagedObjectsQuery.STATE)) {
                    currentSchema = rows.getString(2);
                    state = State.valueOf(rows.getString(3));
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
        } catch (SQLException e) {
            throw new PgaiDatabaseException(
                    "The objects that belong to pgai could not be read: " + e.getMessage(), ManagedObjectsQuery.SQL, e);
        }
        ManagedObjects found = withDefaultSchema(ManagedObjects.of(objects), currentSchema);
        return switch (state) {
            case ABSENT, READ -> found;
            case UNREADABLE -> {
                LOG.warn(
                        "The user may not read ai.vectorizer, so that only schema ai and the {} declared vectorizers count"
                                + " as pgai's. Grant it: select ai.grant_vectorizer_usage(<role>);",
                        declared.size());
                yield found.union(ManagedObjects.declared(declared));
            }
            case OLD ->
                throw new PgaiDatabaseException(
                        "The catalog in schema ai is older than pgai 0.10.2, and its vectorizers have no names."
                                + " Upgrade it, then read it again.",
                        null,
                        null);
        };
    }

    private static ManagedObjects withDefaultSchema(ManagedObjects objects, @Nullable String currentSchema) {
        return currentSchema == null ? objects : objects.withDefaultSchema(currentSchema);
    }

    private enum State {
        ABSENT,
        READ,
        UNREADABLE,
        OLD
    }
}
