package dev.pgai.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The test, or each test of the class, must leave nothing of pgai in its database that was not there when the test
 * began: no vectorizer, store, view, queue, trigger or function. Looked at after {@code @AfterEach}, for tests that
 * have not failed already; what is left fails the test by name. {@link dev.pgai.testkit.PgaiObjects} says what is
 * found.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface NothingLeft {}
