package dev.pgai.hibernate;

import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.service.spi.ServiceContributor;

/**
 * Puts the filter in place: found by Hibernate. The schema tool that would be there goes on to do the work, and a
 * filter provider that is configured by {@code hibernate.hbm2ddl.schema_filter_provider} goes on to be asked; what
 * either leaves out is left out.
 */
public final class PgaiServiceContributor implements ServiceContributor {

    /** Called by Hibernate. */
    public PgaiServiceContributor() {}

    /**
     * Adds the initiator of the schema tool.
     *
     * @param builder of the registry
     */
    @Override
    public void contribute(StandardServiceRegistryBuilder builder) {
        // Hibernate Reactive has a tool of its own, by an initiator that this one would replace.
        if (!builder.getClass().getName().startsWith("org.hibernate.reactive.")) {
            builder.addInitiator(new ManagedSchemaTool.Initiator());
        }
    }
}
