package dev.pgai.hibernate;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;
import liquibase.ext.hibernate.database.HibernateDatabase;
import liquibase.snapshot.DatabaseSnapshot;
import liquibase.snapshot.InvalidExampleException;
import liquibase.snapshot.SnapshotGenerator;
import liquibase.snapshot.SnapshotGeneratorChain;
import liquibase.structure.DatabaseObject;
import liquibase.structure.core.Schema;
import liquibase.structure.core.Table;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is {@link ManagedByPgai} out of the model that liquibase-hibernate makes of the entities, so that
 * Liquibase's comparisons do not create it. Found by Liquibase; without liquibase-hibernate it does nothing.
 */
public final class ManagedEntitySnapshotGenerator implements SnapshotGenerator {

    private static final boolean MODELS_ARE_THERE = isThere("liquibase.ext.hibernate.database.HibernateDatabase");

    /** Those of liquibase-hibernate have 100 and 200, and the highest is asked first. */
    private static final int BEFORE_THE_MODELS = 300;

    /** Called by Liquibase. */
    public ManagedEntitySnapshotGenerator() {}

    @Override
    public int getPriority(Class<? extends DatabaseObject> objectType, Database database) {
        return MODELS_ARE_THERE && objectType == Schema.class && database instanceof HibernateDatabase
                ? BEFORE_THE_MODELS
                : PRIORITY_NONE;
    }

    @Override
    public Class<? extends DatabaseObject> @Nullable [] addsTo() {
        return null;
    }

    @Override
    public Class<? extends SnapshotGenerator> @Nullable [] replaces() {
        return null;
    }

    @Override
    public <T extends DatabaseObject> @Nullable T snapshot(
            T example, DatabaseSnapshot snapshot, SnapshotGeneratorChain chain)
            throws DatabaseException, InvalidExampleException {
        T schema = chain.snapshot(example, snapshot);
        if (schema != null) {
            // Each of the schema's tables is looked at later, with its keys and columns.
            Set<String> managed = managedTables((HibernateDatabase) snapshot.getDatabase());
            tables(schema).removeIf(table -> managed.contains(table.getName()));
        }
        return schema;
    }

    /** What a schema gives is a copy. */
    @SuppressWarnings("unchecked") // by the type of the objects
    private static Set<DatabaseObject> tables(DatabaseObject schema) {
        Map<Class<?>, Set<DatabaseObject>> objects = schema.getAttribute("objects", Map.class);
        return objects.getOrDefault(Table.class, Set.of());
    }

    /** By name alone: liquibase-hibernate puts all tables into one schema. */
    private static Set<String> managedTables(HibernateDatabase model) throws DatabaseException {
        return ManagedEntities.tables(model.getMetadata().getEntityBindings()).stream()
                .map(org.hibernate.mapping.Table::getName)
                .collect(Collectors.toSet());
    }

    /** Liquibase loads this class for all who have it and Hibernate. */
    private static boolean isThere(String type) {
        try {
            Class.forName(type, false, ManagedEntitySnapshotGenerator.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
