package dev.pgai.testkit.junit;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** Tells a failure from an assumption that did not hold. */
final class Failures {

    private Failures() {}

    static Optional<Throwable> of(ExtensionContext context) {
        return context.getExecutionException().filter(Failures::isFailure);
    }

    static boolean isFailure(Throwable thrown) {
        // JUnit takes the exception of JUnit 4 for an aborted test, too.
        return !(thrown instanceof TestAbortedException)
                && !thrown.getClass().getSimpleName().equals("AssumptionViolatedException");
    }
}
