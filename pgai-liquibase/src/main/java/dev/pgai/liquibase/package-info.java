/**
 * Vectorizers in Liquibase: the changes {@code createVectorizer}, {@code dropVectorizer}, {@code enableVectorizer} and
 * {@code disableVectorizer}, the precondition {@code vectorizerExists}, and diffs that leave alone what is pgai's.
 *
 * <p>Liquibase finds all of it when the jar is on its class path. In XML the namespace is
 * {@code http://pgai.dev/xml/ns/liquibase}, with the schema {@code http://pgai.dev/xml/ns/liquibase/pgai.xsd} in this
 * jar; Liquibase's own extension namespace, {@code dbchangelog-ext}, works, too.
 */
@NullMarked
package dev.pgai.liquibase;

import org.jspecify.annotations.NullMarked;
