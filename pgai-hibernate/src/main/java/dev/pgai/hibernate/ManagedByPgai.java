package dev.pgai.hibernate;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On an entity: its table is a store or view that {@code ai.create_vectorizer} makes. Hibernate's schema tools neither
 * create nor drop, change or validate it, whether the vectorizer is there yet or not, and Liquibase's comparisons with
 * liquibase-hibernate do not create it. Where it is there, the annotation changes nothing, for what the database has is
 * left alone in any case.
 *
 * <pre>{@code
 * @Entity
 * @Immutable
 * @ManagedByPgai
 * @Table(name = "blog_embeddings")
 * public class BlogEmbedding { ... }
 * }</pre>
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ManagedByPgai {}
