package dev.pgai.managed;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On an entity: its table is a store or view that {@code ai.create_vectorizer} makes. With {@code pgai-hibernate}
 * Hibernate's schema tools neither create nor drop, change or validate it, whether the vectorizer is there yet or not;
 * with {@code pgai-liquibase} Liquibase's comparisons of the entities, which liquibase-hibernate reads, do not create
 * it. Where the vectorizer is there, the annotation changes nothing, for what is pgai's in the database is left alone
 * in any case.
 *
 * <p>On a mapped superclass it is about the tables of all entities that extend it. An entity does not hand it on: what
 * extends an entity with a table of its own says so itself. On an interface it means nothing, as JPA's own annotations.
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
