package dev.pgai.contract.generated;

import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;

/**
 * A valid definition and what a database needs before it can be created.
 *
 * @param seed makes the same case again: the name of a failure
 * @param definition the definition
 * @param setupSql statements that make the schemas and the source table, one statement each; run them without escape
 *     processing
 */
record GeneratedCase(long seed, VectorizerDefinition definition, List<String> setupSql) {}
