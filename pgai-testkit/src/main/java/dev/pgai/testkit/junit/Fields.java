package dev.pgai.testkit.junit;

import dev.pgai.PgaiException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** The annotated fields of test classes. */
final class Fields {

    private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";

    private Fields() {}

    static void setStatic(ExtensionContext context, Given given) {
        for (Field field : find(context.getRequiredTestClass(), Fields::isStatic)) {
            given.database().stayOpenToTheEnd();
            set(field, null, given);
        }
    }

    static void refuseStatic(ExtensionContext context) {
        find(context.getRequiredTestClass(), Fields::isStatic).stream()
                .findFirst()
                .ifPresent(field -> {
                    throw new ExtensionConfigurationException("@PgaiDatabase on " + field
                            + ": a static field belongs to all tests, and each has its own database. Remove 'static', or share"
                            + " one database by lifecycle = PER_CLASS.");
                });
    }

    static void setInstance(ExtensionContext context, Given given, DatabaseLifecycle lifecycle) {
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            for (Field field : find(instance.getClass(), candidate -> !isStatic(candidate))) {
                if (lifecycle == DatabaseLifecycle.PER_TEST && isShared(context)) {
                    throw new ExtensionConfigurationException("@PgaiDatabase on " + field
                            + ": tests that run at the same time share their instance, and each has its own database."
                            + " Use a parameter, @TestInstance(PER_METHOD), or lifecycle = PER_CLASS.");
                }
                set(field, instance, given);
            }
        }
    }

    private static boolean isShared(ExtensionContext context) {
        return context.getTestInstanceLifecycle().orElse(null) == TestInstance.Lifecycle.PER_CLASS
                && context.getExecutionMode() == ExecutionMode.CONCURRENT
                && context.getConfigurationParameter(PARALLEL)
                        .map(Boolean::parseBoolean)
                        .orElse(false);
    }

    private static List<Field> find(Class<?> type, Predicate<Field> which) {
        return AnnotationSupport.findAnnotatedFields(type, PgaiDatabase.class, which, HierarchyTraversalMode.TOP_DOWN);
    }

    private static boolean isStatic(Field field) {
        return Modifier.isStatic(field.getModifiers());
    }

    private static void set(Field field, @Nullable Object instance, Given given) {
        if (Modifier.isFinal(field.getModifiers())) {
            throw new ExtensionConfigurationException("@PgaiDatabase on " + field + ": it is final. Remove 'final'.");
        }
        try {
            field.setAccessible(true);
            field.set(instance, given.as(field.getType()));
        } catch (PgaiException e) {
            throw new ExtensionConfigurationException("@PgaiDatabase on " + field + ": " + e.getMessage(), e);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new ExtensionConfigurationException(
                    "@PgaiDatabase on " + field + ": it cannot be set: " + e.getMessage(), e);
        }
    }
}
