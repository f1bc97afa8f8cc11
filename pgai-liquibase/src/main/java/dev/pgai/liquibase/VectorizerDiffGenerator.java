package dev.pgai.liquibase;

import dev.pgai.PgaiException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.managed.ManagedObjects;
import java.sql.SQLException;
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
import liquibase.structure.core.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Compares as Liquibase does, and leaves out what is pgai's: in the catalog of either database, declared by files
 * ({@link PgaiConfiguration#DEFINITIONS}), or marked by {@link dev.pgai.managed.ManagedByPgai}. Liquibase finds it by
 * itself; there is no need to call it.
 *
 * <p>A database whose vectorizers the current user may not read is compared only when vectorizers are declared: else
 * its embeddings would be among what is dropped.
 *
 * <p>{@code dropAll} compares, too, a database with nothing, and sees everything; see {@link DropAllGuard}.
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
        DatabaseSnapshot referenced = result.getReferenceSnapshot();
        DatabaseSnapshot compared = result.getComparisonSnapshot();
        if (isDropAll(referenced, compared)) {
            return result;
        }
        int before = size(result);
        // What has no schema of its own is meant for the database that is compared.
        Database target =
                compared.getDatabase() instanceof PostgresDatabase ? compared.getDatabase() : referenced.getDatabase();
        DeclaredVectorizers declared = DeclaredVectorizers.read(target);
        new Comparison(
                        result,
                        side(referenced, declared, target),
                        side(compared, declared, target),
                        views(referenced).and(views(compared)))
                .leaveOut();
        int leftOut = before - size(result);
        if (leftOut > 0) {
            Scope.getCurrentScope().getLog(getClass()).info("Left out " + leftOut + " differences in what is pgai's");
        }
        return result;
    }

    /** Another empty snapshot is a model of nothing, which vectorizers are not in, either. */
    private static boolean isDropAll(DatabaseSnapshot reference, DatabaseSnapshot comparison) {
        return reference instanceof EmptyDatabaseSnapshot && reference.getDatabase() == comparison.getDatabase();
    }

    private static int size(DiffResult result) {
        return result.getMissingObjects().size()
                + result.getUnexpectedObjects().size()
                + result.getChangedObjects().size();
    }

    private static ComparedSide side(DatabaseSnapshot snapshot, DeclaredVectorizers declared, Database target)
            throws DatabaseException {
        Database database = snapshot.getDatabase();
        // An empty one stands for a database that is not there, by the one that it is compared with.
        ManagedObjects stored =
                snapshot instanceof EmptyDatabaseSnapshot ? ManagedObjects.none() : stored(database, declared);
        ManagedObjects managed = ManagedObjects.declared(declared.definitions()).union(stored);
        String schema = target.getDefaultSchemaName();
        String defaultSchema =
                schema == null || schema.isEmpty() ? "public" : target.correctObjectName(schema, Schema.class);
        return new ComparedSide(
                snapshot,
                database,
                stored.withDefaultSchema(defaultSchema),
                managed.withDefaultSchema(defaultSchema),
                MarkedEntities.tables(database),
                target instanceof PostgresDatabase ? target : null);
    }

    /** Only a live PostgreSQL can be asked; a snapshot in a file, and a model, cannot. */
    private static @Nullable JdbcConnection live(Database database) {
        return database instanceof PostgresDatabase && database.getConnection() instanceof JdbcConnection connection
                ? connection
                : null;
    }

    private static ManagedObjects stored(Database database, DeclaredVectorizers declared) throws DatabaseException {
        JdbcConnection connection = live(database);
        return connection == null
                ? ManagedObjects.none()
                : StoredObjects.of(Pgai.on(connection.getUnderlyingConnection()), declared);
    }

    private static DependentViews views(DatabaseSnapshot snapshot) throws DatabaseException {
        JdbcConnection connection = snapshot instanceof EmptyDatabaseSnapshot ? null : live(snapshot.getDatabase());
        try {
            return connection == null
                    ? DependentViews.unknown()
                    : DependentViews.of(connection.getUnderlyingConnection());
        } catch (SQLException | PgaiException e) {
            throw Asked.told(String.valueOf(e.getMessage()), e);
        }
    }
}
