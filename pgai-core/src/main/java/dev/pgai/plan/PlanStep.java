package dev.pgai.plan;

import dev.pgai.argument.Check;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Damage;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.DefinitionDifference;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a plan does about one vectorizer, and why.
 *
 * @param action which kind of step it is
 * @param vectorizer the name of the vectorizer
 * @param changes what is done, in this order
 * @param differences the options that are the reason, with what is wanted and what is stored; empty when there is none
 * @param damages the damages that are the reason; empty when there is none
 * @param hazards what comes of it beside, in the order of {@link Hazard}
 * @param rows how many rows are embedded again; empty when none are, or they could not be counted
 * @param bytes how much text that is at most, in bytes, with what chunks share counted twice and what a template adds
 *     left out; empty when it is not known
 */
public record PlanStep(
        Action action,
        String vectorizer,
        List<VectorizerChange> changes,
        List<DefinitionDifference> differences,
        List<Damage> damages,
        Set<Hazard> hazards,
        OptionalLong rows,
        OptionalLong bytes) {

    /** The kinds of steps. */
    public enum Action {
        /** There is none of its name. */
        CREATE("create"),
        /** There is none of its name, and its embeddings are there. */
        ADOPT("adopt the embeddings of"),
        /** It is among those that are removed. */
        DROP("drop"),
        /** Objects of it are missing, or are not what they should be. */
        REPAIR("repair"),
        /** Its view lacks columns of the source. */
        REFRESH_VIEW("refresh the view of"),
        /** Its row changes, and its embeddings stay good. */
        ALTER("alter"),
        /** Its row changes, and its rows are embedded anew while its embeddings are found. */
        ALTER_AND_QUEUE("alter, and queue the rows again, of"),
        /** It is dropped, and created. */
        REPLACE("drop and create");

        private final String verb;

        Action(String verb) {
            this.verb = verb;
        }

        String verb() {
            return verb;
        }
    }

    /** What is the same of two vectorizers that fill side by side. */
    private static final Set<String> OF_PLACE =
            Set.of("source", "destination", "queue_schema", "queue_table", "scheduling", "indexing");

    /**
     * Checks the arguments, and copies the collections.
     *
     * @param action as above
     * @param vectorizer as above
     * @param changes as above
     * @param differences as above
     * @param damages as above
     * @param hazards as above
     * @param rows as above
     * @param bytes as above
     * @throws dev.pgai.InvalidArgumentException when one is null, or has null in it
     */
    public PlanStep {
        Check.notNull("action", action);
        Check.text("vectorizer", vectorizer);
        changes = Check.each("changes", changes, Check::notNull);
        differences = Check.each("differences", differences, Check::notNull);
        damages = Check.each("damages", damages, Check::notNull);
        Check.notNull("hazards", hazards);
        Check.notNull("rows", rows);
        Check.notNull("bytes", bytes);
    }

    /**
     * The same step with its rows counted.
     *
     * @param rows how many rows are embedded again
     * @param bytes how much text that is at most
     * @return a copy
     */
    public PlanStep counted(long rows, OptionalLong bytes) {
        return new PlanStep(action, vectorizer, changes, differences, damages, hazards, OptionalLong.of(rows), bytes);
    }

    /**
     * Whether the embeddings can be replaced side by side instead, so that none are lost and no search misses rows:
     * {@code Pgai.replacements()}.
     *
     * @return true for a {@link Action#REPLACE} of a vectorizer with a table, because of its embedding alone
     */
    public boolean isReplaceableSideBySide() {
        return action == Action.REPLACE
                && changes.stream()
                        .flatMap(change -> change.creates().stream())
                        .allMatch(definition -> CatalogNames.of(definition).store() != null)
                && differences.stream()
                        .noneMatch(difference ->
                                OF_PLACE.contains(difference.path().replaceFirst("\\..*", "")));
    }

    /**
     * What it costs at most.
     *
     * @param price what the provider asks for
     * @return the amount, rounded up; empty when it is not known how much text is embedded
     */
    public Optional<BigDecimal> cost(Price price) {
        return bytes.isEmpty() ? Optional.empty() : Optional.of(price.of(bytes.getAsLong()));
    }

    /**
     * For people.
     *
     * @return for example {@code alter vectorizer "blog"}
     */
    @Override
    public String toString() {
        return action.verb() + " vectorizer \"" + vectorizer + "\"";
    }
}
