package dev.pgai.hibernate;

import dev.pgai.PgaiException;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.hibernate.ManagedSchemaTool.Run;
import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObject.Reason;
import dev.pgai.managed.ManagedObjects;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.HibernateException;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.model.relational.Namespace;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.tool.schema.spi.SchemaManagementException;
import org.jboss.logging.Logger;

/** What of the mapped objects is pgai's, in one run of a schema tool. */
final class SchemaLook {

    private static final Logger LOG = Logger.getLogger("dev.pgai.hibernate");

    /** Tables and sequences of the mapping, each itself and not one that is equal. */
    private final Set<Object> managed = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Run run;
    private ManagedObjects inDatabase = ManagedObjects.none();

    SchemaLook(Run run) {
        this.run = run;
    }

    boolean isManaged(Namespace namespace) {
        String schema = MappedName.inDatabase(namespace.getName().getSchema());
        return schema != null && inDatabase.contains(ManagedObject.Kind.SCHEMA, null, schema);
    }

    boolean isManaged(Object tableOrSequence) {
        return managed.contains(tableOrSequence);
    }

    /**
     * Looks, once the run knows what is mapped.
     *
     * @param onDatabase whether the run works on the database, and does not write a script only
     * @throws SchemaManagementException when what the run changes cannot be looked at
     */
    void at(Metadata metadata, boolean onDatabase) {
        // On another database there is no pgai, and who maps a store there wants it created.
        if (!(metadata.getDatabase().getDialect() instanceof PostgreSQLDialect)) {
            return;
        }
        managed.addAll(MarkedTables.of(metadata.getEntityBindings()));
        boolean mayGoOn = run.validates() || !onDatabase;
        try (ToolConnection connection = ToolConnection.of(run.registry(), run.options())) {
            look(metadata, connection.get(), onDatabase);
        } catch (SQLException | HibernateException | UnsupportedOperationException | PgaiException e) {
            String cannot = "Cannot ask the database which tables belong to pgai: " + reason(e);
            if (!mayGoOn) {
                throw new SchemaManagementException(
                        cannot + " Nothing was changed, because a table with embeddings could be among those that"
                                + " would be. Let the user read the vectorizers, or switch the schema tool off"
                                + " (hibernate.hbm2ddl.auto=none).",
                        e);
            }
            // Scripts are written without a database, too.
            LOG.warn(cannot + " Only what is @ManagedByPgai is left out.");
        }
    }

    /** Without what was asked for, which is a means. */
    static String reason(Exception e) {
        String reason = e instanceof RefusedException refused
                ? refused.problems().stream().map(Problem::toString).collect(Collectors.joining(" "))
                : String.valueOf(e.getMessage());
        return reason.endsWith(".") ? reason : reason + ".";
    }

    private void look(Metadata metadata, Connection connection, boolean onDatabase) throws SQLException {
        inDatabase = StoredObjects.of(connection);
        if (inDatabase.isEmpty()) {
            return;
        }
        Set<String> asked = inDatabase.list().stream()
                .flatMap(object -> Stream.of(object.name(), String.valueOf(object.table())))
                .collect(Collectors.toSet());
        List<MappedName> resolved = MappedName.resolve(
                connection,
                MappedName.all(metadata, run.options()).stream()
                        .filter(name -> name.mayBeOneOf(asked))
                        .toList());
        for (MappedName name : resolved) {
            if (inDatabase.containsRelation(name.schema(), name.name())) {
                managed.add(name.mapped());
            }
        }
        if (run.drops()) {
            warnOfSources(resolved, onDatabase ? "Hibernate drops" : "The script that Hibernate writes drops");
        }
    }

    /** Their triggers go with them, and nothing in the database says so. */
    private void warnOfSources(List<MappedName> resolved, String who) {
        Set<String> vectorizers = new TreeSet<>();
        for (ManagedObject object : inDatabase.list()) {
            if (object.reason() == Reason.SOURCE_TRIGGER
                    && resolved.stream()
                            .anyMatch(name -> !managed.contains(name.mapped())
                                    && name.is(object.schema(), String.valueOf(object.table())))) {
                vectorizers.add(String.valueOf(object.vectorizer()));
            }
        }
        if (!vectorizers.isEmpty()) {
            LOG.warn(who + " tables that vectorizers read, and with them what queues their rows: "
                    + String.join(", ", vectorizers)
                    + ". Their embeddings stay. When the tables are there again, repair these vectorizers, which queues all"
                    + " rows; or drop them before, and create them afterwards.");
        }
    }
}
