package dev.pgai.testkit.junit;

/** Who shares a database. */
public enum DatabaseLifecycle {
    /**
     * Each test has its own, also each invocation of a parameterized or repeated test. A factory of dynamic tests is
     * one test. Ready before {@code @BeforeEach}.
     *
     * <p>Tests that run on an application of Spring's are given the database of the application, which outlives them:
     * see package {@code dev.pgai.testkit.spring}.
     */
    PER_TEST,

    /**
     * All tests of a class share one, those of its {@code @Nested} classes included. Ready before {@code @BeforeAll}.
     */
    PER_CLASS
}
