/**
 * Entities over embeddings extend {@link dev.pgai.hibernate.StoredEmbedding} or {@link dev.pgai.hibernate.StoredChunk}.
 * When Hibernate starts, they are compared with what is in the database.
 *
 * <p>Hibernate's schema tools ({@code hibernate.hbm2ddl.auto}, {@code SchemaManager} and the others) are kept away from
 * what belongs to pgai. Nothing is to be configured: Hibernate finds it by its own service loader. For other entities
 * on a store or view whose vectorizer is created later, there is {@link dev.pgai.managed.ManagedByPgai}. Hibernate 6.6
 * and 7.
 *
 * <p>Each run of a tool asks the database that it works on, by the tool's own connection. Names are resolved as in the
 * statements that the tool would run: with its default schema, by the search path, and folded as PostgreSQL folds them.
 */
@NullMarked
package dev.pgai.hibernate;

import org.jspecify.annotations.NullMarked;
