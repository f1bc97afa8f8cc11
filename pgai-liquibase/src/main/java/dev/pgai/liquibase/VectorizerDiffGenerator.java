package dev.pgai.liquibase;

import dev.pgai.PgaiException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.Collection;
import liquibase.Scope;
import liquibase.database.Database;
import liquibase.database.core.PostgresDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.diff.DiffResult;
import liquibase.diff.compare.CompareControl;
import liquibase.diff.core.StandardDiffGenerator;
import liquibase.exception.DatabaseException;
import liquibase.snapshot.DatabaseSnapshot;
import liquibase.snapshot.EmptyDatabaseSnapshot;
import liquibase.structure.core.Table;
import org.jspecify.annotations.Nullable;

/**
 * Compares as Liquibase does, and leaves out what is pgai's: in the catalog of either database, or declared by files
 * ({@link PgaiConfiguration#DEFINITIONS}). Liquibase finds it by itself; there is no need to call it.
 *
 * <p>{@code dropAll} compares, too, with an empty snapshot, and sees everything.
 */
public final class VectorizerDiffGenerator extends StandardDiffGenerator {

    /** For Liquibase. */
    public VectorizerDiffGenerator() {}

    /**
     * Before Liquibase's own.
     *
     * @return a little more than the default, so that another extension can go before
     */
    @Override
    public int getPriority() {
        return PRIORITY_DEFAULT + 1;
    }

    @Override
    public boolean supports(Database reference, @Nullable Database comparison) {
        return reference instanceof PostgresDatabase || comparison instanceof PostgresDatabase;
    }

    @Override
    public DiffResult compare(
            DatabaseSnapshot referenceSnapshot, @Nullable DatabaseSnapshot comparisonSnapshot, CompareControl control)
            throws DatabaseException {
        DiffResult result = super.compare(referenceSnapshot, comparisonSnapshot, control);
        if (referenceSnapshot instanceof EmptyDatabaseSnapshot) {
            return result;
        }
        Database reference = result.getReferenceSnapshot().getDatabase();
        Database comparison = result.getComparisonSnapshot().getDatabase();
        VectorizerObjectChangeFilter filter =
                new VectorizerObjectChangeFilter(managedObjects(reference, comparison), null);
        int before = size(result);
        result.getMissingObjects().removeIf(object -> !filter.includeMissing(object, reference, comparison));
        result.getUnexpectedObjects().removeIf(object -> !filter.includeUnexpected(object, reference, comparison));
        result.getChangedObjects()
                .entrySet()
                .removeIf(change -> !filter.includeChanged(change.getKey(), change.getValue(), reference, comparison));
        // A missing table is created from its own list of columns.
        result.getMissingObjects(Table.class)
                .forEach(table ->
                        table.getColumns().removeIf(column -> !filter.includeMissing(column, reference, comparison)));
        int leftOut = before - size(result);
        if (leftOut > 0) {
            Scope.getCurrentScope().getLog(getClass()).info("Left out " + leftOut + " differences in what is pgai's");
        }
        return result;
    }

    private static int size(DiffResult result) {
        return result.getMissingObjects().size()
                + result.getUnexpectedObjects().size()
                + result.getChangedObjects().size();
    }

    private static ManagedObjects managedObjects(Database reference, Database comparison) throws DatabaseException {
        Collection<VectorizerDefinition> declared = DeclaredVectorizers.read();
        ManagedObjects managed = ManagedObjects.declared(declared)
                .union(stored(reference, declared))
                .union(reference == comparison ? ManagedObjects.none() : stored(comparison, declared));
        // What has no schema of its own is meant for the database that is compared.
        String defaultSchema = (comparison instanceof PostgresDatabase ? comparison : reference).getDefaultSchemaName();
        return defaultSchema == null ? managed : managed.withDefaultSchema(defaultSchema);
    }

    /** Only a live PostgreSQL can be asked; a snapshot in a file, and a model, cannot. */
    private static ManagedObjects stored(Database database, Collection<VectorizerDefinition> declared)
            throws DatabaseException {
        if (!(database instanceof PostgresDatabase)
                || !(database.getConnection() instanceof JdbcConnection connection)) {
            return ManagedObjects.none();
        }
        try {
            return Pgai.on(connection.getUnderlyingConnection()).managedObjects(declared);
        } catch (PgaiException e) {
            throw new DatabaseException(e.getMessage(), e);
        }
    }
}
