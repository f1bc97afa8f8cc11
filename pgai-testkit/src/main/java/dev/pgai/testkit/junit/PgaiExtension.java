package dev.pgai.testkit.junit;

import dev.pgai.PgaiException;
import dev.pgai.testkit.TestDatabases;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Does for a class what {@link PgaiTest} does, with choices made in code.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final PgaiExtension PGAI = PgaiExtension.builder()
 *         .databases(TestDatabases.builder().script("classpath:schema.sql").build())
 *         .lifecycle(DatabaseLifecycle.PER_CLASS)
 *         .build();
 * }</pre>
 *
 * <p>In a field that is not static, it comes too late for {@code @BeforeAll} and for static fields. A class has this or
 * the annotation, not both. Safe for use by several threads and classes.
 */
public final class PgaiExtension
        implements BeforeAllCallback, BeforeEachCallback, InvocationInterceptor, ParameterResolver {

    private final @Nullable Options options;

    /** For JUnit: the choices are those of {@link PgaiTest}. */
    public PgaiExtension() {
        this.options = null;
    }

    private PgaiExtension(Options options) {
        this.options = options;
    }

    /**
     * Starts with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    private Options options(ExtensionContext context) {
        return options != null ? options : Options.of(context);
    }

    /**
     * For JUnit.
     *
     * @param context of the class
     */
    @Override
    public void beforeAll(ExtensionContext context) {
        Options chosen = options(context);
        if (chosen.lifecycle() == DatabaseLifecycle.PER_CLASS) {
            Given given = Given.inClass(context, chosen);
            ClassEnd.watch(context, given.database());
            Fields.setStatic(context, given);
        } else {
            Fields.refuseStatic(context);
        }
    }

    /**
     * For JUnit.
     *
     * @param context of the test
     */
    @Override
    public void beforeEach(ExtensionContext context) {
        Options chosen = options(context);
        InConstructor.handOver(context, chosen);
        Given given = Given.inTest(context, chosen);
        TestEnd.watch(context, given.database());
        Fields.setInstance(context, given, chosen.lifecycle());
    }

    /**
     * For JUnit, which runs dynamic tests without other callbacks.
     *
     * @param invocation runs the dynamic test
     * @param dynamicTest the dynamic test
     * @param context of the dynamic test
     * @throws Throwable what the dynamic test throws
     */
    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext dynamicTest, ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
        } catch (Throwable thrown) {
            if (Failures.isFailure(thrown)) {
                ExtensionContext factory = context;
                while (factory.getTestMethod().isEmpty()) {
                    factory = factory.getParent().orElseThrow();
                }
                TestEnd.failedInside(
                        factory, Given.inTest(factory, options(factory)).database(), context, thrown);
            }
            throw thrown;
        }
    }

    /**
     * For JUnit.
     *
     * @param parameter the parameter
     * @param context of the class or the test
     * @return whether the parameter gets a database
     */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        // Spring and others have data sources for parameters, too, which they know by their annotations.
        return parameter.isAnnotated(PgaiDatabase.class)
                || (Given.isKnownByType(parameter.getParameter().getType())
                        && parameter.getParameter().getAnnotations().length == 0);
    }

    /**
     * For JUnit.
     *
     * @param parameter the parameter
     * @param context of the class or the test
     * @return its value
     */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Options chosen = options(context);
        if (context.getTestMethod().isPresent()) {
            return given(parameter, Given.inTest(context, chosen));
        }
        if (chosen.lifecycle() == DatabaseLifecycle.PER_CLASS) {
            Given given = Given.inClass(context, chosen);
            given.database().stayOpenToTheEnd();
            return given(parameter, given);
        }
        if (parameter.getDeclaringExecutable() instanceof Constructor && !hasOneInstance(context)) {
            return given(parameter, InConstructor.given(parameter.getParameter(), context, chosen));
        }
        throw new ParameterResolutionException("There is no database yet for " + parameter.getParameter() + " of "
                + parameter.getDeclaringExecutable() + ": each test has its own. Take it in a test or @BeforeEach,"
                + " or share one by lifecycle = PER_CLASS.");
    }

    private static boolean hasOneInstance(ExtensionContext testClass) {
        return testClass.getTestInstanceLifecycle().orElse(null) == TestInstance.Lifecycle.PER_CLASS;
    }

    private static Object given(ParameterContext parameter, Given given) {
        try {
            return given.as(parameter.getParameter().getType());
        } catch (PgaiException e) {
            throw new ParameterResolutionException(
                    "@PgaiDatabase on " + parameter.getParameter() + ": " + e.getMessage(), e);
        }
    }

    /** Choices for an extension. */
    public static final class Builder {

        private @Nullable TestDatabases databases;
        private DatabaseLifecycle lifecycle = DatabaseLifecycle.PER_TEST;
        private LeakedConnections leakedConnections = LeakedConnections.WARN;

        private Builder() {}

        /**
         * Chooses server, vector and catalog, and what the databases have in them.
         *
         * @param choice default: {@link TestDatabases#standard()}
         * @return this builder
         */
        public Builder databases(TestDatabases choice) {
            this.databases = choice;
            return this;
        }

        /**
         * Chooses who shares a database.
         *
         * @param choice default: {@link DatabaseLifecycle#PER_TEST}
         * @return this builder
         */
        public Builder lifecycle(DatabaseLifecycle choice) {
            this.lifecycle = choice;
            return this;
        }

        /**
         * Chooses what becomes of connections that a test has not closed.
         *
         * @param choice default: {@link LeakedConnections#WARN}
         * @return this builder
         */
        public Builder leakedConnections(LeakedConnections choice) {
            this.leakedConnections = choice;
            return this;
        }

        /**
         * Makes the extension. Nothing is started yet.
         *
         * @return a new extension
         */
        public PgaiExtension build() {
            return new PgaiExtension(new Options(
                    databases != null ? databases : TestDatabases.standard(), lifecycle, leakedConnections));
        }
    }
}
