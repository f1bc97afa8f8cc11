package dev.pgai.hibernate;

import java.util.Collection;
import java.util.List;
import org.hibernate.boot.ResourceStreamLocator;
import org.hibernate.boot.spi.AdditionalMappingContributions;
import org.hibernate.boot.spi.AdditionalMappingContributor;
import org.hibernate.boot.spi.InFlightMetadataCollector;
import org.hibernate.boot.spi.MetadataBuildingContext;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.config.spi.ConfigurationService;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.mapping.Table;
import org.hibernate.service.ServiceRegistry;

/**
 * Tells the filter which mapped tables are {@link ManagedByPgai}, and where it finds the database: found by Hibernate.
 * It adds no mapping.
 */
public final class ManagedEntities implements AdditionalMappingContributor {

    /** Called by Hibernate. */
    public ManagedEntities() {}

    /**
     * Looks at the entities.
     *
     * @param contributions not used
     * @param metadata has the entities
     * @param resources not used
     * @param context has the registry
     */
    @Override
    public void contribute(
            AdditionalMappingContributions contributions,
            InFlightMetadataCollector metadata,
            ResourceStreamLocator resources,
            MetadataBuildingContext context) {
        ServiceRegistry registry = context.getBootstrapContext().getServiceRegistry();
        Object provider = registry.requireService(ConfigurationService.class)
                .getSettings()
                .get(AvailableSettings.HBM2DDL_FILTER_PROVIDER);
        if (provider instanceof ManagedSchemaFilterProvider ours) {
            ours.lookUpIn(registry, tables(metadata.getEntityBindingMap().values()));
        }
    }

    /** The tables of the entities that are {@link ManagedByPgai}. */
    static List<Table> tables(Collection<PersistentClass> entities) {
        return entities.stream()
                .filter(entity -> entity.hasPojoRepresentation()
                        && entity.getMappedClass().isAnnotationPresent(ManagedByPgai.class))
                .map(PersistentClass::getTable)
                .toList();
    }
}
