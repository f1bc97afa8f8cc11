package dev.pgai.liquibase;

import dev.pgai.managed.ManagedObject.Kind;
import dev.pgai.managed.ManagedObjects;
import java.util.List;
import java.util.Set;
import liquibase.database.Database;
import liquibase.database.core.PostgresDatabase;
import liquibase.snapshot.DatabaseSnapshot;
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
import liquibase.structure.core.Table;
import liquibase.structure.core.UniqueConstraint;
import org.jspecify.annotations.Nullable;

/** What is pgai's, for the objects of one of the two databases, snapshots or models that are compared. */
final class ComparedSide {

    private final @Nullable DatabaseSnapshot snapshot;
    private final ManagedObjects stored;
    private final ManagedObjects managed;
    private final Set<String> marked;
    private final @Nullable Database target;
    private final boolean hasRealNames;

    /**
     * One side.
     *
     * @param snapshot what it has; null when that is not known
     * @param database it itself
     * @param stored what is pgai's in it, and there
     * @param managed what is pgai's in it, there or not; its default schema stands for the schema of a model
     * @param marked tables of a model that are marked as pgai's, by their names in it
     * @param target where the objects of a model would be created; null when it is no PostgreSQL
     */
    ComparedSide(
            @Nullable DatabaseSnapshot snapshot,
            @Nullable Database database,
            ManagedObjects stored,
            ManagedObjects managed,
            Set<String> marked,
            @Nullable Database target) {
        this.snapshot = snapshot;
        this.stored = stored;
        this.managed = managed;
        this.marked = marked;
        this.target = target;
        this.hasRealNames = database == null || database instanceof PostgresDatabase;
    }

    boolean isManaged(DatabaseObject object) {
        if (object instanceof Schema) {
            return hasRealNames && managed.contains(Kind.SCHEMA, null, object.getName());
        }
        Relation on = on(object);
        if (object instanceof Relation || object instanceof Data) {
            return isManagedRelation(on == null ? (Relation) object : on);
        }
        if (on != null && isManagedRelation(on)) {
            return true;
        }
        Kind kind = kind(object);
        return (kind != null
                        && managed.contains(
                                kind,
                                schema(on == null ? object : on),
                                object.getName() == null ? null : name(object.getName(), object.getClass()),
                                on == null ? null : name(on.getName(), on.getClass())))
                || columns(object).stream().anyMatch(column -> isManagedColumn(column, on));
    }

    private boolean isManagedRelation(Relation relation) {
        return marked.contains(relation.getName())
                || managed.containsRelation(schema(relation), name(relation.getName(), relation.getClass()));
    }

    /** What holds a column of pgai's is on it. */
    private boolean isManagedColumn(Column column, @Nullable Relation on) {
        return on != null
                && column.getName() != null
                && managed.contains(
                        Kind.COLUMN,
                        schema(on),
                        name(column.getName(), Column.class),
                        name(on.getName(), on.getClass()));
    }

    /** As {@link #isManaged}, for an object of the other side: by what it is compared with here. */
    boolean isManagedHere(DatabaseObject ofOther) {
        if (snapshot == null) {
            return false;
        }
        DatabaseObject here = snapshot.get(ofOther);
        if (here != null) {
            return isManaged(here);
        }
        Relation on = on(ofOther);
        Relation relation = on == null ? null : snapshot.get(on);
        return relation != null && isManagedRelation(relation);
    }

    /** Whether a table, view or column of the other side is here, too. */
    boolean has(DatabaseObject ofOther, ComparedSide other) {
        if (snapshot != null && snapshot.get(ofOther) != null) {
            return true;
        }
        // It may be in a schema that is not compared.
        return ofOther instanceof Table table
                && stored.contains(Kind.TABLE, other.schema(table), other.name(table.getName(), Table.class));
    }

    /** A model puts all into one schema of a name of its own. */
    private @Nullable String schema(DatabaseObject object) {
        return hasRealNames && object.getSchema() != null ? object.getSchema().getName() : null;
    }

    private String name(String name, Class<? extends DatabaseObject> type) {
        return hasRealNames || target == null ? name : ServerName.of(target, name, type);
    }

    /** By type: the containing objects of a unique constraint are its columns. */
    static @Nullable Relation on(DatabaseObject object) {
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

    private static List<Column> columns(DatabaseObject object) {
        List<Column> columns = null;
        if (object instanceof Index index) {
            columns = index.getColumns();
        } else if (object instanceof UniqueConstraint constraint) {
            columns = constraint.getColumns();
        } else if (object instanceof PrimaryKey key) {
            columns = key.getColumns();
        }
        return columns == null ? List.of() : columns;
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
