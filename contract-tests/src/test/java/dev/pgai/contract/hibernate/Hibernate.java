package dev.pgai.contract.hibernate;

import dev.pgai.testkit.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;

/** Hibernate on a database, with settings and entities. */
final class Hibernate {

    private final BootstrapServiceRegistryBuilder bootstrap = new BootstrapServiceRegistryBuilder();
    private final Map<String, Object> settings = new HashMap<>();
    private Class<?>[] entities = {Blog.class, BlogEmbedding.class};
    private List<String> mappings = List.of();

    private Hibernate() {}

    static Hibernate on(TestDatabase database) {
        return new Hibernate()
                .with(AvailableSettings.JAKARTA_JDBC_URL, database.url())
                .with(AvailableSettings.JAKARTA_JDBC_USER, database.user())
                .with(AvailableSettings.JAKARTA_JDBC_PASSWORD, database.password());
    }

    Hibernate with(String setting, Object value) {
        settings.put(setting, value);
        return this;
    }

    Hibernate without(String setting) {
        settings.remove(setting);
        return this;
    }

    Hibernate entities(Class<?>... classes) {
        entities = classes;
        return this;
    }

    /** In the syntax of orm.xml, by the path of the resource. */
    Hibernate mapping(String resource) {
        mappings = List.of(resource);
        return this;
    }

    Hibernate bootstrap(Consumer<BootstrapServiceRegistryBuilder> change) {
        change.accept(bootstrap);
        return this;
    }

    /** Starts it, with a schema tool, and stops it again. */
    void run(String action) {
        with(AvailableSettings.HBM2DDL_AUTO, action).use(factory -> {});
    }

    /** Starts it, and stops it when the work is done. */
    void use(Consumer<SessionFactory> work) {
        try (StandardServiceRegistry registry = new StandardServiceRegistryBuilder(bootstrap.build())
                .applySettings(settings)
                .build()) {
            MetadataSources sources = new MetadataSources(registry).addAnnotatedClasses(entities);
            mappings.forEach(sources::addResource);
            try (SessionFactory factory = sources.buildMetadata().buildSessionFactory()) {
                work.accept(factory);
            }
        }
    }
}
