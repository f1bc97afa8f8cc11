package dev.pgai.hibernate;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.registry.StandardServiceInitiator;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.hibernate.tool.schema.TargetType;
import org.hibernate.tool.schema.internal.SchemaManagementToolInitiator;
import org.hibernate.tool.schema.spi.SchemaDropper;
import org.hibernate.tool.schema.spi.SchemaManagementTool;
import org.hibernate.tool.schema.spi.SchemaValidator;
import org.hibernate.tool.schema.spi.TargetDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The schema tool that would be there, which gets a filter with each run. A proxy, because the interface has grown with
 * Hibernate's versions, and goes on to: what is not known here is forwarded.
 *
 * <p>A filter provider in the settings would see neither the options of a run, which name another default schema or
 * another connection, nor the entities.
 */
final class ManagedSchemaTool implements InvocationHandler {

    private final Object tool;
    private final ServiceRegistryImplementor registry;

    private ManagedSchemaTool(Object tool, ServiceRegistryImplementor registry) {
        this.tool = tool;
        this.registry = registry;
    }

    /** What the tool gives for a map of options is a creator, dropper or the like. */
    @Override
    @SuppressWarnings("unchecked") // the only map that the interface has
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments == null || arguments.length != 1 || !(arguments[0] instanceof Map<?, ?> options)) {
            return forward(tool, method, arguments);
        }
        Run run = new Run(
                registry,
                (Map<String, Object>) options,
                method.getReturnType() == SchemaValidator.class,
                method.getReturnType() == SchemaDropper.class);
        Map<String, Object> withFilter = new HashMap<>(run.options());
        Object users = withFilter.get(AvailableSettings.HBM2DDL_FILTER_PROVIDER);
        SchemaLook look = new SchemaLook(run);
        withFilter.put(AvailableSettings.HBM2DDL_FILTER_PROVIDER, ManagedFilterProvider.beside(users, registry, look));
        Object worker = forward(tool, method, new Object[] {withFilter});
        if (worker == null || !method.getReturnType().isInterface()) {
            return worker;
        }
        return proxy(Set.of(method.getReturnType()), (ignored, work, given) -> {
            lookBefore(given, look);
            return forward(worker, work, given);
        });
    }

    /** Before the tool takes its own connection, so that a pool of one will do. */
    private static void lookBefore(Object @Nullable [] arguments, SchemaLook look) {
        Metadata metadata = null;
        boolean onDatabase = true;
        for (Object argument : arguments == null ? new Object[0] : arguments) {
            if (argument instanceof Metadata found) {
                metadata = found;
            }
            // Without one, it is the database.
            if (argument instanceof TargetDescriptor target) {
                onDatabase = target.getTargetTypes().contains(TargetType.DATABASE);
            }
        }
        if (metadata != null) {
            look.at(metadata, onDatabase);
        }
    }

    private static @Nullable Object forward(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object proxy(Set<Class<?>> interfaces, InvocationHandler handler) {
        return Proxy.newProxyInstance(
                ManagedSchemaTool.class.getClassLoader(), interfaces.toArray(Class<?>[]::new), handler);
    }

    /**
     * One run of a tool.
     *
     * @param options what the run was given
     * @param validates whether nothing can be changed by it
     * @param drops whether it drops tables
     */
    record Run(ServiceRegistryImplementor registry, Map<String, Object> options, boolean validates, boolean drops) {}

    /** Has Hibernate find the tool as it does without pgai. */
    static final class Initiator implements StandardServiceInitiator<SchemaManagementTool> {

        @Override
        public SchemaManagementTool initiateService(Map<String, Object> settings, ServiceRegistryImplementor registry) {
            SchemaManagementTool tool = SchemaManagementToolInitiator.INSTANCE.initiateService(settings, registry);
            Set<Class<?>> interfaces = new LinkedHashSet<>(Set.of(SchemaManagementTool.class));
            // The registry looks for others, to inject itself, or to start the service.
            for (Class<?> type = tool.getClass(); type != null; type = type.getSuperclass()) {
                for (Class<?> implemented : type.getInterfaces()) {
                    if (Modifier.isPublic(implemented.getModifiers())) {
                        interfaces.add(implemented);
                    }
                }
            }
            return (SchemaManagementTool) proxy(interfaces, new ManagedSchemaTool(tool, registry));
        }

        @Override
        public Class<SchemaManagementTool> getServiceInitiated() {
            return SchemaManagementTool.class;
        }
    }
}
