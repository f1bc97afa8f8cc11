package dev.pgai.hibernate;

import dev.pgai.managed.ManagedByPgai;
import java.util.Collection;
import java.util.List;
import org.hibernate.mapping.MappedSuperclass;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Table;

/** The tables of entities that are {@link ManagedByPgai}. */
final class MarkedTables {

    private MarkedTables() {}

    static List<Table> of(Collection<PersistentClass> entities) {
        return entities.stream()
                .filter(MarkedTables::isMarked)
                .map(PersistentClass::getTable)
                .toList();
    }

    /** By itself, or by the mapped superclasses between it and the next entity. */
    static boolean isMarked(PersistentClass entity) {
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
