package dev.pgai.hibernate;

import dev.pgai.PgaiException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.managed.ManagedObjects;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.hibernate.boot.registry.selector.spi.StrategySelector;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.config.spi.ConfigurationService;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.engine.jdbc.spi.JdbcServices;
import org.hibernate.mapping.Table;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.tool.schema.spi.SchemaFilter;
import org.hibernate.tool.schema.spi.SchemaFilterProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The same filter for each of the schema tools. It asks the database when the tool asks for the filter: then the tool
 * has not yet taken its own connection, and a pool of one will do.
 */
final class ManagedSchemaFilterProvider implements SchemaFilterProvider {

    private static final Logger LOG = LoggerFactory.getLogger(ManagedSchemaFilterProvider.class);

    private final @Nullable Object configured;
    private final List<Table> declared = new ArrayList<>();
    private @Nullable ServiceRegistry registry;

    ManagedSchemaFilterProvider(@Nullable Object configured) {
        this.configured = configured;
    }

    void lookUpIn(ServiceRegistry standardRegistry, List<Table> tables) {
        registry = standardRegistry;
        declared.addAll(tables);
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
        if (registry == null) {
            return SchemaFilter.ALL;
        }
        SchemaFilter users = users(registry, kind);
        // On another database there is no pgai, and who maps a store there wants it created.
        if (!(registry.requireService(JdbcServices.class).getDialect() instanceof PostgreSQLDialect)) {
            return users;
        }
        ManagedObjects managed = managedObjects(registry);
        Object defaultSchema = registry.requireService(ConfigurationService.class)
                .getSettings()
                .get(AvailableSettings.DEFAULT_SCHEMA);
        return new ManagedSchemaFilter(
                users, defaultSchema == null ? managed : managed.withDefaultSchema(defaultSchema.toString()), declared);
    }

    private SchemaFilter users(ServiceRegistry registry, Function<SchemaFilterProvider, SchemaFilter> kind) {
        if (configured == null) {
            return SchemaFilter.ALL;
        }
        return kind.apply(registry.requireService(StrategySelector.class)
                .resolveStrategy(SchemaFilterProvider.class, configured));
    }

    private static ManagedObjects managedObjects(ServiceRegistry registry) {
        // With multi-tenancy there is none.
        ConnectionProvider connections = registry.getService(ConnectionProvider.class);
        if (connections == null) {
            return ManagedObjects.none();
        }
        try {
            Connection connection = connections.getConnection();
            try {
                return Pgai.on(connection).managedObjects();
            } finally {
                connections.closeConnection(connection);
            }
        } catch (SQLException | PgaiException | UnsupportedOperationException e) {
            // Scripts are generated without a database, too.
            LOG.warn(
                    "Cannot ask the database what belongs to pgai; the schema tools leave alone only what is"
                            + " @ManagedByPgai: {}",
                    e.getMessage());
            return ManagedObjects.none();
        }
    }
}
