package dev.pgai.hibernate;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On an entity that extends {@link StoredEmbedding}: how many dimensions the application's vectors have. When Hibernate
 * starts, those of the store must be as many. Without it, a vector of another length fails at the first search. An
 * attribute of the entity's own says it by Hibernate's {@code @Array(length = 768)}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Dimensions {

    /**
     * How many there are.
     *
     * @return 1 or more
     */
    int value();
}
