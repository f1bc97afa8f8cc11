package dev.pgai.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field or parameter gets the test's database: as a {@link dev.pgai.testkit.TestDatabase}, a {@code DataSource}, a
 * {@code Connection}, a {@link dev.pgai.jdbc.Pgai} on the data source, or its JDBC URL as a {@code String} or
 * {@code URI}. All connections that one test is given are one and the same, which is closed after the test.
 *
 * <p>Instance fields are set before {@code @BeforeEach}. Static fields are set before {@code @BeforeAll}, with
 * {@link DatabaseLifecycle#PER_CLASS} only, as are parameters of {@code @BeforeAll} and {@code @AfterAll}. A parameter
 * of a type other than {@code String} and {@code URI} needs this annotation only when it has another one.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
public @interface PgaiDatabase {}
