package dev.pgai.testkit.spring;

import dev.pgai.testkit.ApplicationDatabase;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.junit.ApplicationDatabases;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ClassUtils;

/** Gives an application its database before it starts. Applications of equal customizers may be shared. */
final class TestDatabaseContextCustomizer implements ContextCustomizer {

    /** The name of the bean. */
    static final String DATABASE = "pgaiTestDatabase";

    private static final String DETAILS = "org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails";
    private static final String DETAILS_3 = "org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails";

    /** What may be configured beside the data source, for a role of its own that makes the tables. */
    private static final Map<String, List<String>> OF_TOOLS = Map.of(
            "spring.flyway.", List.of("url", "user", "password"),
            "spring.liquibase.", List.of("url", "user", "password"),
            "spring.sql.init.", List.of("username", "password"));

    private final ApplicationDatabases databases;

    TestDatabaseContextCustomizer(ApplicationDatabases databases) {
        this.databases = databases;
    }

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        ApplicationContext parent = context.getParent();
        if (parent != null && parent.containsBean(DATABASE)) {
            return;
        }
        ApplicationDatabase opened = databases.open();
        DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
        beans.registerSingleton(DATABASE, opened.database());
        // What is registered first is destroyed last, also when the context fails to start.
        beans.registerDisposableBean(DATABASE, opened::close);
        context.addApplicationListener((ApplicationListener<ContextClosedEvent>) event -> {
            if (event.getApplicationContext() == context) {
                opened.ending();
            }
        });
        addConnectionDetails(beans, opened.database());
        addProperties(context.getEnvironment(), opened.database());
    }

    private static void addConnectionDetails(DefaultListableBeanFactory beans, TestDatabase database) {
        ClassLoader loader = beans.getBeanClassLoader();
        if (ClassUtils.isPresent(DETAILS, loader)) {
            add(beans, TestDatabaseConnectionDetails.class, () -> new TestDatabaseConnectionDetails(database));
        } else if (ClassUtils.isPresent(DETAILS_3, loader)) {
            add(beans, TestDatabaseConnectionDetails3.class, () -> new TestDatabaseConnectionDetails3(database));
        }
    }

    private static <T> void add(DefaultListableBeanFactory beans, Class<T> type, Supplier<T> details) {
        RootBeanDefinition definition = new RootBeanDefinition(type, details);
        definition.setPrimary(true);
        beans.registerBeanDefinition("pgaiTestDatabaseConnectionDetails", definition);
    }

    private static void addProperties(ConfigurableEnvironment environment, TestDatabase database) {
        Map<String, Object> properties = new LinkedHashMap<>();
        Map<String, String> access = Map.of(
                "url",
                database.url(),
                "user",
                database.user(),
                "username",
                database.user(),
                "password",
                database.password());
        List.of("url", "username", "password")
                .forEach(key -> properties.put("spring.datasource." + key, access.get(key)));
        OF_TOOLS.forEach((prefix, keys) -> {
            if (keys.stream().anyMatch(key -> environment.containsProperty(prefix + key))) {
                keys.forEach(key -> properties.put(prefix + key, access.get(key)));
            }
        });
        environment.getPropertySources().addFirst(new MapPropertySource(DATABASE, properties));
        // A slice would take an embedded database in its place. Whoever asks for that by name gets it.
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(DATABASE + "Defaults", Map.of("spring.test.database.replace", "none")));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TestDatabaseContextCustomizer same && databases.equals(same.databases);
    }

    @Override
    public int hashCode() {
        return databases.hashCode();
    }
}
