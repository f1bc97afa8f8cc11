package dev.pgai.hibernate;

import java.util.function.Function;
import org.hibernate.boot.registry.selector.spi.StrategySelector;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.tool.schema.spi.SchemaFilter;
import org.hibernate.tool.schema.spi.SchemaFilterProvider;
import org.jspecify.annotations.Nullable;

/**
 * The filters of one run of a schema tool.
 *
 * @param users who else is asked, or null
 */
record ManagedFilterProvider(@Nullable SchemaFilterProvider users, SchemaLook look) implements SchemaFilterProvider {

    /**
     * Beside a user's own.
     *
     * @param configured what the user has set: an instance, a class or the name of one, or null
     */
    static ManagedFilterProvider beside(@Nullable Object configured, ServiceRegistry registry, SchemaLook look) {
        return new ManagedFilterProvider(
                configured == null
                        ? null
                        : registry.requireService(StrategySelector.class)
                                .resolveStrategy(SchemaFilterProvider.class, configured),
                look);
    }

    @Override
    public SchemaFilter getCreateFilter() {
        return filter(SchemaFilterProvider::getCreateFilter);
    }

    @Override
    public SchemaFilter getDropFilter() {
        return filter(SchemaFilterProvider::getDropFilter);
    }

    @Override
    public SchemaFilter getTruncatorFilter() {
        return filter(SchemaFilterProvider::getTruncatorFilter);
    }

    @Override
    public SchemaFilter getMigrateFilter() {
        return filter(SchemaFilterProvider::getMigrateFilter);
    }

    @Override
    public SchemaFilter getValidateFilter() {
        return filter(SchemaFilterProvider::getValidateFilter);
    }

    private SchemaFilter filter(Function<SchemaFilterProvider, SchemaFilter> kind) {
        return new ManagedSchemaFilter(users == null ? SchemaFilter.ALL : kind.apply(users), look);
    }
}
