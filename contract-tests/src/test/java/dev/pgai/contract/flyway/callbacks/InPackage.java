package dev.pgai.contract.flyway.callbacks;

import dev.pgai.contract.flyway.CallbackLog;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Found by the name of its package. */
public class InPackage extends BaseCallback {

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_CLEAN;
    }

    @Override
    public void handle(Event event, Context context) {
        CallbackLog.add("InPackage " + event.getId());
    }
}
