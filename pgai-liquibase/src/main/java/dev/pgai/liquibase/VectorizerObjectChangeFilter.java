package dev.pgai.liquibase;

import dev.pgai.managed.ManagedObjects;
import java.util.Set;
import liquibase.database.Database;
import liquibase.database.core.PostgresDatabase;
import liquibase.diff.ObjectDifferences;
import liquibase.diff.output.ObjectChangeFilter;
import liquibase.structure.DatabaseObject;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out what is pgai's, for those who drive Liquibase from Java. Diffs do so by themselves.
 *
 * <pre>{@code
 * DiffOutputControl control = new DiffOutputControl();
 * control.setObjectChangeFilter(
 *         new VectorizerObjectChangeFilter(pgai.managedObjects(), control.getObjectChangeFilter()));
 * }</pre>
 */
public final class VectorizerObjectChangeFilter implements ObjectChangeFilter {

    private final ManagedObjects managed;
    private final @Nullable ObjectChangeFilter delegate;

    /**
     * A filter in front of another.
     *
     * @param managed what is pgai's. Objects without a schema, and those of a database that is not PostgreSQL, such as
     *     a Hibernate model, are looked for in its default schema.
     * @param delegate who decides about all else, or null to include it
     */
    public VectorizerObjectChangeFilter(ManagedObjects managed, @Nullable ObjectChangeFilter delegate) {
        this.managed = managed;
        this.delegate = delegate;
    }

    @Override
    public boolean includeMissing(DatabaseObject object, Database reference, Database comparison) {
        return !isManaged(object, reference, comparison)
                && (delegate == null || delegate.includeMissing(object, reference, comparison));
    }

    @Override
    public boolean includeUnexpected(DatabaseObject object, Database reference, Database comparison) {
        return !isManaged(object, comparison, reference)
                && (delegate == null || delegate.includeUnexpected(object, reference, comparison));
    }

    @Override
    public boolean includeChanged(
            DatabaseObject object, ObjectDifferences differences, Database reference, Database comparison) {
        return !isManaged(object, reference, comparison)
                && (delegate == null || delegate.includeChanged(object, differences, reference, comparison));
    }

    @Override
    public boolean include(DatabaseObject object) {
        return !isManaged(object, null, null) && (delegate == null || delegate.include(object));
    }

    private boolean isManaged(DatabaseObject object, @Nullable Database itsOwn, @Nullable Database other) {
        Database target = other instanceof PostgresDatabase ? other : null;
        return new ComparedSide(null, itsOwn, managed, managed, Set.of(), target).isManaged(object);
    }
}
