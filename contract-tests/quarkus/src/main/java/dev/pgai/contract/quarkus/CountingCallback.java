package dev.pgai.contract.quarkus;

import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** A callback of the application's own. */
public class CountingCallback extends BaseCallback {

    private static final AtomicInteger MIGRATES = new AtomicInteger();

    /** For Flyway. */
    public CountingCallback() {}

    static int migrates() {
        return MIGRATES.get();
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.AFTER_MIGRATE;
    }

    @Override
    public void handle(Event event, Context context) {
        MIGRATES.incrementAndGet();
    }
}
