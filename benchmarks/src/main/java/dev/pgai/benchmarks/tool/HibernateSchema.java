package dev.pgai.benchmarks.tool;

import dev.pgai.benchmarks.database.Pairs;
import dev.pgai.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.boot.registry.classloading.internal.ClassLoaderServiceImpl;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.config.spi.ConfigurationService;
import org.hibernate.tool.schema.spi.SchemaManagementToolCoordinator;

/** Hibernate's schema tool, with entities that need no classes. */
final class HibernateSchema {

    private final TestDatabase database;
    private final String mapping;

    HibernateSchema(TestDatabase database, int entities) {
        this.database = database;
        StringBuilder text = new StringBuilder("<hibernate-mapping xmlns=\"http://www.hibernate.org/xsd/orm/hbm\">");
        for (int i = 1; i <= entities; i++) {
            text.append("<class entity-name=\"User")
                    .append(i)
                    .append("\" table=\"user")
                    .append(i)
                    .append("\"><id name=\"id\" type=\"integer\"/><property name=\"name\" type=\"string\"/></class>");
        }
        mapping = text.append("</hibernate-mapping>").toString();
    }

    /** Compares, and would change what differs; returns milliseconds without reading the mapping. */
    double update(boolean withFilter) throws Exception {
        BootstrapServiceRegistryBuilder bootstrap = new BootstrapServiceRegistryBuilder();
        if (!withFilter) {
            bootstrap.applyClassLoaderService(new WithoutPgai());
        }
        try (StandardServiceRegistry registry = new StandardServiceRegistryBuilder(bootstrap.build())
                .applySettings(Map.of(
                        AvailableSettings.JAKARTA_JDBC_URL, database.url(),
                        AvailableSettings.JAKARTA_JDBC_USER, database.user(),
                        AvailableSettings.JAKARTA_JDBC_PASSWORD, database.password(),
                        AvailableSettings.HBM2DDL_AUTO, "update"))
                .build()) {
            Metadata metadata = new MetadataSources(registry)
                    .addInputStream(new ByteArrayInputStream(mapping.getBytes(StandardCharsets.UTF_8)))
                    .buildMetadata();
            Map<String, Object> settings =
                    registry.requireService(ConfigurationService.class).getSettings();
            return Pairs.time(
                    () -> SchemaManagementToolCoordinator.process(metadata, registry, settings, action -> {}));
        }
    }

    private static final class WithoutPgai extends ClassLoaderServiceImpl {

        private static final long serialVersionUID = 1L;

        @Override
        public <S> Collection<S> loadJavaServices(Class<S> contract) {
            return super.loadJavaServices(contract).stream()
                    .filter(service -> !service.getClass().getName().startsWith("dev.pgai."))
                    .toList();
        }
    }
}
