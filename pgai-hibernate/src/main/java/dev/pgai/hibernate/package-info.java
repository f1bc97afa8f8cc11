/**
 * Keeps Hibernate's schema tools ({@code hibernate.hbm2ddl.auto}, {@code update}, {@code validate} and the others) away
 * from what belongs to pgai. Nothing is to be configured: Hibernate finds it by its own service loaders. For entities
 * on a store or view whose vectorizer is created later, there is {@link dev.pgai.hibernate.ManagedByPgai}. Hibernate
 * 6.6 and 7.
 */
@NullMarked
package dev.pgai.hibernate;

import org.jspecify.annotations.NullMarked;
