package dev.pgai.testkit.spring;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.junit.ApplicationDatabases;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.junit.jupiter.SpringExtension;
import org.springframework.util.ClassUtils;

/** Spring asks it for each test class. */
final class TestDatabaseContextCustomizerFactory implements ContextCustomizerFactory {

    private static final boolean JUPITER_IS_THERE = ClassUtils.isPresent(
            "org.junit.jupiter.api.extension.ExtensionContext",
            TestDatabaseContextCustomizerFactory.class.getClassLoader());

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configAttributes) {
        if (!JUPITER_IS_THERE) {
            return null;
        }
        return ApplicationDatabases.of(testClass, TestDatabaseContextCustomizerFactory::ofApplication)
                .map(TestDatabaseContextCustomizer::new)
                .orElse(null);
    }

    private static Optional<TestDatabase> ofApplication(ExtensionContext test) {
        ApplicationContext application = SpringExtension.getApplicationContext(test);
        return Optional.of(application.getBean(TestDatabaseContextCustomizer.DATABASE, TestDatabase.class));
    }
}
