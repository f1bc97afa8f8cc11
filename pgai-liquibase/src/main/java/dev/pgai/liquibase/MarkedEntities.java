package dev.pgai.liquibase;

import dev.pgai.managed.ManagedByPgai;
import java.util.Set;
import java.util.stream.Collectors;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;
import liquibase.ext.hibernate.database.HibernateDatabase;
import org.hibernate.mapping.MappedSuperclass;
import org.hibernate.mapping.PersistentClass;

/** The tables of entities that are {@link ManagedByPgai}, in a model that liquibase-hibernate makes. */
final class MarkedEntities {

    private MarkedEntities() {}

    /** The tables' names as they are in the model; none when there is no liquibase-hibernate, or no model. */
    static Set<String> tables(Database database) throws DatabaseException {
        // By name first: without liquibase-hibernate, the classes below are not there to be loaded.
        return isModel(database) ? Model.tables(database) : Set.of();
    }

    private static boolean isModel(Database database) {
        for (Class<?> type = database.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals("liquibase.ext.hibernate.database.HibernateDatabase")) {
                return true;
            }
        }
        return false;
    }

    private static final class Model {

        static Set<String> tables(Database database) throws DatabaseException {
            return ((HibernateDatabase) database)
                    .getMetadata().getEntityBindings().stream()
                            .filter(Model::isMarked)
                            .map(entity -> entity.getTable().getName())
                            .collect(Collectors.toSet());
        }

        /** By itself, or by the mapped superclasses between it and the next entity. */
        private static boolean isMarked(PersistentClass entity) {
            if (!entity.hasPojoRepresentation()) {
                return false;
            }
            boolean marked = entity.getMappedClass().isAnnotationPresent(ManagedByPgai.class);
            MappedSuperclass above = entity.getSuperMappedSuperclass();
            while (!marked && above != null) {
                marked = above.getMappedClass().isAnnotationPresent(ManagedByPgai.class);
                above = above.getSuperMappedSuperclass();
            }
            return marked;
        }
    }
}
