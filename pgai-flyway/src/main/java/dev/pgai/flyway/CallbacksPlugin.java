package dev.pgai.flyway;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.ClassicConfiguration;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.extensibility.ResourceType;
import org.flywaydb.core.extensibility.ResourceTypeProvider;
import org.flywaydb.core.internal.util.Pair;

/**
 * Adds the {@link CleanGuard} and the {@link DamageWarning} to the callbacks of each Flyway, beside all that the user
 * has registered. Flyway finds it by {@code META-INF/services}, with the class loader that Flyway itself comes from.
 *
 * <p>Flyway has no way to register a callback by a service in version 11, and throws away the instances that a user
 * registered when it finds a class in {@code db/callback}. What it asks of every plugin of this kind, since 11.3, in
 * each operation and before it collects the callbacks, is which prefixes of file names it knows; with the question
 * comes Flyway's own copy of the configuration.
 */
public final class CallbacksPlugin implements ResourceTypeProvider {

    private static final Object LOCK = new Object();

    /** For Flyway. */
    public CallbacksPlugin() {}

    /**
     * Adds to the configuration those that are not there.
     *
     * @param configuration Flyway's own
     * @return no prefix
     */
    @Override
    public List<Pair<String, ResourceType>> getPrefixTypePairs(Configuration configuration) {
        if (configuration instanceof ClassicConfiguration own) {
            // One Flyway may be used by several threads.
            synchronized (LOCK) {
                List<Callback> callbacks = new ArrayList<>(List.of(own.getCallbacks()));
                Stream.of(new CleanGuard(), new DamageWarning())
                        .filter(ours -> callbacks.stream().noneMatch(ours.getClass()::isInstance))
                        .forEach(callbacks::add);
                if (callbacks.size() > own.getCallbacks().length) {
                    own.setCallbacks(callbacks.toArray(Callback[]::new));
                }
            }
        }
        return List.of();
    }
}
