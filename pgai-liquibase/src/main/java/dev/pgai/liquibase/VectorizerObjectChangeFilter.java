package dev.pgai.liquibase;

import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObjects;
import liquibase.database.Database;
import liquibase.database.core.PostgresDatabase;
import liquibase.diff.ObjectDifferences;
import liquibase.diff.output.ObjectChangeFilter;
import liquibase.structure.DatabaseObject;
import liquibase.structure.core.Column;
import liquibase.structure.core.Data;
import liquibase.structure.core.ForeignKey;
import liquibase.structure.core.Index;
import liquibase.structure.core.PrimaryKey;
import liquibase.structure.core.Relation;
import liquibase.structure.core.Schema;
import liquibase.structure.core.Sequence;
import liquibase.structure.core.StoredDatabaseLogic;
import liquibase.structure.core.UniqueConstraint;
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
        return !isManaged(object, hasSchemas(reference))
                && (delegate == null || delegate.includeMissing(object, reference, comparison));
    }

    @Override
    public boolean includeUnexpected(DatabaseObject object, Database reference, Database comparison) {
        return !isManaged(object, hasSchemas(comparison))
                && (delegate == null || delegate.includeUnexpected(object, reference, comparison));
    }

    @Override
    public boolean includeChanged(
            DatabaseObject object, ObjectDifferences differences, Database reference, Database comparison) {
        return !isManaged(object, hasSchemas(reference))
                && (delegate == null || delegate.includeChanged(object, differences, reference, comparison));
    }

    @Override
    public boolean include(DatabaseObject object) {
        return !isManaged(object, true) && (delegate == null || delegate.include(object));
    }

    /** A Hibernate model puts all into one schema of a name of its own. */
    private static boolean hasSchemas(@Nullable Database database) {
        return database instanceof PostgresDatabase;
    }

    private boolean isManaged(DatabaseObject object, boolean hasSchemas) {
        if (object instanceof Schema) {
            return hasSchemas && managed.contains(Kind.SCHEMA, null, object.getName());
        }
        Relation on = on(object);
        Schema in = on == null || on.getSchema() == null ? object.getSchema() : on.getSchema();
        String schema = hasSchemas && in != null ? in.getName() : null;
        if (object instanceof Relation || object instanceof Data) {
            Relation relation = on == null ? (Relation) object : on;
            return managed.containsRelation(schema, relation.getName());
        }
        Kind kind = kind(object);
        return kind != null && managed.contains(kind, schema, object.getName(), on == null ? null : on.getName());
    }

    /** By type: the containing objects of a unique constraint are its columns. */
    private static @Nullable Relation on(DatabaseObject object) {
        if (object instanceof Column column) {
            return column.getRelation();
        }
        if (object instanceof Index index) {
            return index.getRelation();
        }
        if (object instanceof UniqueConstraint constraint) {
            return constraint.getRelation();
        }
        if (object instanceof PrimaryKey key) {
            return key.getTable();
        }
        if (object instanceof ForeignKey key) {
            return key.getForeignKeyTable();
        }
        return object instanceof Data data ? data.getTable() : null;
    }

    private static @Nullable Kind kind(DatabaseObject object) {
        if (object instanceof Column) {
            return Kind.COLUMN;
        }
        if (object instanceof Index) {
            return Kind.INDEX;
        }
        if (object instanceof UniqueConstraint || object instanceof PrimaryKey || object instanceof ForeignKey) {
            return Kind.CONSTRAINT;
        }
        if (object instanceof Sequence) {
            return Kind.SEQUENCE;
        }
        return object instanceof StoredDatabaseLogic ? Kind.FUNCTION : null;
    }
}
