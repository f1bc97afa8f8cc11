package dev.pgai.hibernate;

import org.hibernate.event.spi.PreDeleteEvent;
import org.hibernate.event.spi.PreDeleteEventListener;
import org.hibernate.event.spi.PreInsertEvent;
import org.hibernate.event.spi.PreInsertEventListener;
import org.hibernate.event.spi.PreUpdateEvent;
import org.hibernate.event.spi.PreUpdateEventListener;
import org.hibernate.event.spi.PreUpsertEvent;
import org.hibernate.event.spi.PreUpsertEventListener;

/** For stateless sessions, which do not call the entity back. */
final class RefusedWrites
        implements PreInsertEventListener, PreUpdateEventListener, PreDeleteEventListener, PreUpsertEventListener {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean onPreInsert(PreInsertEvent event) {
        return refuse(event.getEntity());
    }

    @Override
    public boolean onPreUpdate(PreUpdateEvent event) {
        return refuse(event.getEntity());
    }

    @Override
    public boolean onPreDelete(PreDeleteEvent event) {
        return refuse(event.getEntity());
    }

    @Override
    public boolean onPreUpsert(PreUpsertEvent event) {
        return refuse(event.getEntity());
    }

    /** Never a veto, which nobody would hear of. */
    private static boolean refuse(Object entity) {
        if (entity instanceof StoredChunk row) {
            row.refuseWrite();
        }
        return false;
    }
}
