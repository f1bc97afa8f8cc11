package dev.pgai.testkit.junit;

import dev.pgai.testkit.DatabasePreparer;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class, and of its {@code @Nested} classes, databases with pgai in them.
 *
 * <pre>{@code
 * @PgaiTest(scripts = "classpath:schema.sql", vectorizers = "classpath:vectorizers.json")
 * class SearchTest {
 *     @Test
 *     void finds(DataSource dataSource) { ... }
 * }
 * }</pre>
 *
 * <p>May be put on an annotation of one's own, which then stands for it. The nearest one counts: on the class, its
 * superclass, else the class around it. What is shared and what a test may have: {@link DatabaseLifecycle},
 * {@link PgaiDatabase}.
 *
 * <p>The first four are the choices of {@link dev.pgai.testkit.TestDatabases}; what is chosen here wins over system
 * properties and environment variables. The next three fill a template, once, in this order. A wrong value fails the
 * tests.
 *
 * <p>When a test fails, its database stays (see {@link dev.pgai.testkit.TestDatabase#keep()}). How to reach it, and
 * what served as server, vector and catalog, is in the log, in a report entry, and in the stack trace of the failure,
 * as an exception that is suppressed.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@ExtendWith(PgaiExtension.class)
public @interface PgaiTest {

    /**
     * The server, as {@code pgai.test.server} has it: see {@link dev.pgai.testkit.TestServer#parse}.
     *
     * @return default: not chosen here
     */
    String server() default "";

    /**
     * The locale of the databases, as {@code pgai.test.locale} has it: see {@link dev.pgai.testkit.TestLocale#parse}.
     *
     * @return default: not chosen here
     */
    String locale() default "";

    /**
     * What serves as the extension {@code vector}, as {@code pgai.test.vector} has it: see
     * {@link dev.pgai.testkit.TestVector#parse}.
     *
     * @return default: not chosen here
     */
    String vector() default "";

    /**
     * What serves as the catalog, as {@code pgai.test.catalog} has it: see {@link dev.pgai.testkit.TestCatalog#parse}.
     *
     * @return default: not chosen here
     */
    String catalog() default "";

    /**
     * Scripts of SQL that fill the template, see {@link dev.pgai.testkit.TestDatabases.Builder#script}.
     *
     * @return locations, {@code classpath:...} or paths; default: none
     */
    String[] scripts() default {};

    /**
     * What else fills the template, see {@link dev.pgai.testkit.TestDatabases.Builder#preparer}.
     *
     * @return classes with a constructor without parameters; default: none
     */
    Class<? extends DatabasePreparer>[] preparers() default {};

    /**
     * Definitions of vectorizers that the template has, see {@link dev.pgai.testkit.TestDatabases.Builder#vectorizers}.
     *
     * @return locations, {@code classpath:...} or paths; default: none
     */
    String[] vectorizers() default {};

    /**
     * Who shares a database.
     *
     * @return default: nobody, each test has its own
     */
    DatabaseLifecycle lifecycle() default DatabaseLifecycle.PER_TEST;

    /**
     * What becomes of connections that a test has not closed.
     *
     * @return default: a warning
     */
    LeakedConnections leakedConnections() default LeakedConnections.WARN;
}
