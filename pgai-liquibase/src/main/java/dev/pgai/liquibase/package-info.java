/**
 * Vectorizers in Liquibase: the changes {@code createVectorizer}, {@code dropVectorizer}, {@code enableVectorizer},
 * {@code disableVectorizer}, {@code setVectorizerScheduling}, {@code repairVectorizer}, {@code refreshVectorizerView},
 * {@code adoptVectorizer} and {@code forgetVectorizer}, the precondition {@code vectorizerExists}, a guard for
 * {@code dropAll}, and diffs that leave alone what is pgai's.
 *
 * <p>Liquibase finds all of it when the jar is on its class path. In XML the namespace is
 * {@code http://pgai.dev/xml/ns/liquibase}, with the schema {@code http://pgai.dev/xml/ns/liquibase/pgai.xsd} in this
 * jar; Liquibase's own extension namespace, {@code dbchangelog-ext}, works, too.
 */
@NullMarked
package dev.pgai.liquibase;

import org.jspecify.annotations.NullMarked;
