package dev.pgai.plan;

import dev.pgai.argument.Check;
import dev.pgai.database.Problem;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerReplacement.Phase;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a database holds, as far as a plan needs it. {@code Pgai.plan} reads it.
 *
 * @param vectorizers all vectorizers that are there
 * @param indexingByDefault what the database's setting {@code ai.indexing_default} means
 * @param schedulingByDefault what the database's setting {@code ai.scheduling_default} means
 * @param problems what keeps a vectorizer that is not there from being created, or one that is from being altered, by
 *     its name
 * @param grantees the roles that may fill the queue of a vectorizer, by its name: to whom it was granted
 * @param kept the names of those whose embeddings are there all the same, and fit their definition
 * @param replacements the replacements that are under way
 */
public record ObservedState(
        List<StoredVectorizer> vectorizers,
        Indexing indexingByDefault,
        Scheduling schedulingByDefault,
        Map<String, List<Problem>> problems,
        Map<String, Set<String>> grantees,
        Set<String> kept,
        List<Replacement> replacements) {

    /**
     * A second vectorizer beside one whose embeddings are replaced.
     *
     * @param name the vectorizer that is replaced
     * @param next the second vectorizer
     * @param phase where it is
     */
    public record Replacement(String name, String next, Phase phase) {

        /**
         * Checks the arguments.
         *
         * @param name as above
         * @param next as above
         * @param phase as above
         */
        public Replacement {
            Check.text("name", name);
            Check.text("next", next);
            Check.notNull("phase", phase);
        }
    }

    /**
     * Copies the collections.
     *
     * @param vectorizers as above
     * @param indexingByDefault as above
     * @param schedulingByDefault as above
     * @param problems as above
     * @param grantees as above
     * @param kept as above
     * @param replacements as above
     */
    public ObservedState {
        vectorizers = Check.each("vectorizers", vectorizers, Check::notNull);
        Check.notNull("indexingByDefault", indexingByDefault);
        Check.notNull("schedulingByDefault", schedulingByDefault);
        problems = Map.copyOf(Check.notNull("problems", problems));
        grantees = Map.copyOf(Check.notNull("grantees", grantees));
        kept = Set.copyOf(Check.notNull("kept", kept));
        replacements = Check.each("replacements", replacements, Check::notNull);
    }

    /**
     * Without replacements.
     *
     * @param vectorizers as above
     * @param indexingByDefault as above
     * @param schedulingByDefault as above
     * @param problems as above
     * @param grantees as above
     * @param kept as above
     */
    public ObservedState(
            List<StoredVectorizer> vectorizers,
            Indexing indexingByDefault,
            Scheduling schedulingByDefault,
            Map<String, List<Problem>> problems,
            Map<String, Set<String>> grantees,
            Set<String> kept) {
        this(vectorizers, indexingByDefault, schedulingByDefault, problems, grantees, kept, List.of());
    }
}
