package dev.pgai.testkit.junit;

import dev.pgai.testkit.TestDatabases;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What holds for a test class. */
record Options(TestDatabases databases, DatabaseLifecycle lifecycle, LeakedConnections leakedConnections) {

    /** Those of the nearest annotation. */
    static Options of(ExtensionContext context) {
        return find(context.getRequiredTestClass())
                .orElseGet(() ->
                        new Options(TestDatabases.standard(), DatabaseLifecycle.PER_TEST, LeakedConnections.WARN));
    }

    /** Those of the nearest annotation, if there is one. */
    static Optional<Options> find(Class<?> testClass) {
        for (Class<?> type = testClass; type != null; type = around(type)) {
            Optional<PgaiTest> test = AnnotationSupport.findAnnotation(type, PgaiTest.class);
            if (test.isPresent()) {
                return Optional.of(new Options(
                        DatabaseChoice.of(test.get()).databases(),
                        test.get().lifecycle(),
                        test.get().leakedConnections()));
            }
        }
        return Optional.empty();
    }

    private static @Nullable Class<?> around(Class<?> type) {
        return type.getEnclosingClass();
    }

    static boolean asksForNothingLeft(ExtensionContext context) {
        if (AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), NothingLeft.class)) {
            return true;
        }
        for (Class<?> type = context.getRequiredTestClass(); type != null; type = around(type)) {
            if (AnnotationSupport.isAnnotated(type, NothingLeft.class)) {
                return true;
            }
        }
        return false;
    }
}
