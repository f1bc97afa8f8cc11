package dev.pgai.testkit.junit;

import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Looks at a class whose tests share a database when it has ended: what comes before and after all may fail, too. */
record ClassEnd(ExtensionContext testClass, HeldDatabase database)
        implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    static void watch(ExtensionContext testClass, HeldDatabase database) {
        testClass
                .getStore(Given.NAMESPACE)
                .put(List.of(ClassEnd.class, testClass.getUniqueId(), database), new ClassEnd(testClass, database));
    }

    @Override
    public void close() {
        Failures.of(testClass).ifPresent(failure -> database.failed(testClass, failure));
    }
}
