package dev.pgai.hibernate;

import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.event.spi.EventType;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;

/**
 * Has entities checked when Hibernate starts, and keeps stateless sessions from writing a {@link StoredChunk}: found by
 * Hibernate. Before a schema tool does anything, entities on what a vectorizer made, and on a source with a column
 * destination, are compared with what is in the database. Where they part, Hibernate does not start, with a
 * {@link dev.pgai.database.RefusedException} that has all problems. {@code pgai.hibernate.check=false} among
 * Hibernate's settings switches the check off.
 */
public final class EntityIntegrator implements Integrator {

    /** Called by Hibernate. */
    public EntityIntegrator() {}

    /**
     * Checks the entities.
     *
     * @param metadata what is mapped
     * @param bootstrapContext has the settings
     * @param sessionFactory that is being made
     * @throws dev.pgai.InvalidArgumentException when {@code pgai.hibernate.check} is neither true nor false
     * @throws dev.pgai.database.RefusedException when an entity is not mapped as what is in the database needs it
     */
    @Override
    public void integrate(
            Metadata metadata, BootstrapContext bootstrapContext, SessionFactoryImplementor sessionFactory) {
        EventListenerRegistry listeners =
                sessionFactory.getServiceRegistry().requireService(EventListenerRegistry.class);
        RefusedWrites writes = new RefusedWrites();
        listeners.appendListeners(EventType.PRE_INSERT, writes);
        listeners.appendListeners(EventType.PRE_UPDATE, writes);
        listeners.appendListeners(EventType.PRE_DELETE, writes);
        listeners.appendListeners(EventType.PRE_UPSERT, writes);
        EntityCheck.of(metadata, bootstrapContext.getServiceRegistry());
    }

    /**
     * Nothing is to be undone.
     *
     * @param sessionFactory as Hibernate gives it
     * @param serviceRegistry as Hibernate gives it
     */
    @Override
    public void disintegrate(SessionFactoryImplementor sessionFactory, SessionFactoryServiceRegistry serviceRegistry) {}
}
