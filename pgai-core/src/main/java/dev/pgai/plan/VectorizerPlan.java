package dev.pgai.plan;

import dev.pgai.argument.Check;
import dev.pgai.database.Problem;
import dev.pgai.database.Problem.Severity;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What makes a database hold what is desired, as a value: made by {@code Pgai.plan} without writing, and carried out by
 * {@code Pgai.apply} unless the database has changed meanwhile.
 *
 * <p>{@link #toString} is what a reviewer reads.
 */
public final class VectorizerPlan {

    private final DesiredState desired;
    private final String fingerprint;
    private final List<PlanStep> steps;
    private final List<Problem> problems;
    private final List<String> undeclared;

    VectorizerPlan(
            DesiredState desired,
            String fingerprint,
            List<PlanStep> steps,
            List<Problem> problems,
            List<String> undeclared) {
        this.desired = desired;
        this.fingerprint = fingerprint;
        this.steps = List.copyOf(steps);
        this.problems = List.copyOf(problems);
        this.undeclared = List.copyOf(undeclared);
    }

    /**
     * Compares what is desired with what is observed, after the normalisation that the catalog does: see
     * {@link dev.pgai.vectorizer.DefinitionDifference#all}. Vectorizers are matched by name.
     *
     * @param desired what should be there
     * @param observed what is there
     * @return the plan, whose rows are not counted
     */
    public static VectorizerPlan of(DesiredState desired, ObservedState observed) {
        return Comparison.of(Check.notNull("desired", desired), Check.notNull("observed", observed));
    }

    /**
     * The same plan with steps whose rows are counted.
     *
     * @param steps the same steps
     * @return a copy
     */
    public VectorizerPlan withSteps(List<PlanStep> steps) {
        return new VectorizerPlan(
                desired, fingerprint, Check.each("steps", steps, Check::notNull), problems, undeclared);
    }

    /**
     * What the plan was made for.
     *
     * @return what should be there
     */
    public DesiredState desired() {
        return desired;
    }

    /**
     * What tells whether two plans were made from the same: a hash of what is desired, and of what is stored of the
     * vectorizers that it is about, and is damaged of them.
     *
     * @return 32 hexadecimal digits
     */
    public String fingerprint() {
        return fingerprint;
    }

    /**
     * What is done, in this order.
     *
     * @return an unmodifiable list; empty when there is nothing to do
     */
    public List<PlanStep> steps() {
        return steps;
    }

    /**
     * What no step makes up for, and what could not be compared.
     *
     * @return an unmodifiable list; a plan with errors is not carried out
     */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * The errors among the {@linkplain #problems() problems}.
     *
     * @return an unmodifiable list
     */
    public List<Problem> errors() {
        return problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
    }

    /**
     * Vectorizers that are there and were neither declared nor removed. They are left alone.
     *
     * @return names, unmodifiable
     */
    public List<String> undeclared() {
        return undeclared;
    }

    /**
     * Whether the database is not what is desired. Warnings are no drift.
     *
     * @return true when there is a step, or an error
     */
    public boolean isDrift() {
        return !steps.isEmpty() || !errors().isEmpty();
    }

    /**
     * What somebody has to agree to before the plan is carried out.
     *
     * @param given what was agreed to
     * @return what is missing, in the order of the steps; unmodifiable
     */
    public List<Consent> missing(Collection<Consent> given) {
        Set<Consent> missing = new LinkedHashSet<>();
        for (PlanStep step : steps) {
            step.hazards().forEach(hazard -> missing.add(new Consent(step.vectorizer(), hazard)));
        }
        missing.removeAll(Set.copyOf(Check.each("consents", given, Check::notNull)));
        return List.copyOf(missing);
    }

    /**
     * The plan for programs: {@code format_version} (1), {@code fingerprint}, {@code drift} with what differs,
     * {@code steps}, {@code problems}, {@code undeclared}. Without secrets.
     *
     * @return a JSON object on one line
     */
    public String toJson() {
        return PlanJson.write(this, null);
    }

    /**
     * The plan for programs, with what it costs.
     *
     * @param price what the provider asks for
     * @return as {@link #toJson()}, and a {@code cost} in each step where it is known
     */
    public String toJson(Price price) {
        return PlanJson.write(this, Check.notNull("price", price));
    }

    /**
     * The plan for people, with what it costs.
     *
     * @param price what the provider asks for
     * @return as {@link #toString}, and what each step costs at most where it is known
     */
    public String report(Price price) {
        return PlanText.write(this, Check.notNull("price", price));
    }

    /**
     * The plan as a comment on a pull request: a table of the steps with their reasons and hazards, the problems, what
     * somebody has to agree to, and the fingerprint. In names and values no character has a meaning to Markdown.
     * Without secrets.
     *
     * @return Markdown with tables, as GitHub and GitLab have it, without a line end at the end
     */
    public String toMarkdown() {
        return PlanMarkdown.write(this, null);
    }

    /**
     * The plan as a comment on a pull request, with what it costs.
     *
     * @param price what the provider asks for
     * @return as {@link #toMarkdown()}, and what each step costs at most where it is known
     */
    public String toMarkdown(Price price) {
        return PlanMarkdown.write(this, Check.notNull("price", price));
    }

    /**
     * The plan for people: each step with its reasons and hazards, the problems, and what is left alone. Without
     * secrets.
     *
     * @return lines
     */
    @Override
    public String toString() {
        return PlanText.write(this, null);
    }
}
