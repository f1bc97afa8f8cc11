package dev.pgai.hibernate;

import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.service.spi.ServiceContributor;

/**
 * Puts the filter in place: found by Hibernate. A filter provider that is configured by
 * {@code hibernate.hbm2ddl.schema_filter_provider} goes on to be asked; what either leaves out is left out.
 */
public final class PgaiServiceContributor implements ServiceContributor {

    /** Called by Hibernate. */
    public PgaiServiceContributor() {}

    /**
     * Sets {@code hibernate.hbm2ddl.schema_filter_provider}.
     *
     * @param builder of the registry
     */
    @Override
    public void contribute(StandardServiceRegistryBuilder builder) {
        Object configured = builder.getSettings().get(AvailableSettings.HBM2DDL_FILTER_PROVIDER);
        // A registry that is built again from the same settings has the filter already.
        if (!(configured instanceof ManagedSchemaFilterProvider)) {
            builder.applySetting(
                    AvailableSettings.HBM2DDL_FILTER_PROVIDER, new ManagedSchemaFilterProvider(configured));
        }
    }
}
