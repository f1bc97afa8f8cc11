package dev.pgai.plan.migration;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Problem;
import dev.pgai.plan.PlanStep;
import dev.pgai.plan.PlanStep.Action;
import dev.pgai.plan.VectorizerPlan;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The steps of a plan, one transaction or three. */
final class PlanMigrations {

    private final VectorizerPlan plan;
    private final String description;
    private final List<Function<String, Migration>> migrations = new ArrayList<>();

    private PlanMigrations(VectorizerPlan plan, String description) {
        this.plan = plan;
        this.description = description;
    }

    static List<Migration> of(VectorizerPlan plan, String version, String description) {
        PlanMigrations made = new PlanMigrations(plan, description);
        made.make();
        List<Migration> migrations = new ArrayList<>();
        for (Function<String, Migration> migration : made.migrations) {
            migrations.add(migration.apply(later(version, migrations.size())));
        }
        return List.copyOf(migrations);
    }

    /** The last number is counted up, and its leading zeros stay. */
    private static String later(String version, int by) {
        int start = version.lastIndexOf('.') + 1;
        String last = version.substring(start);
        String later = new BigInteger(last).add(BigInteger.valueOf(by)).toString();
        return version.substring(0, start) + "0".repeat(Math.max(0, last.length() - later.length())) + later;
    }

    private void make() {
        List<PlanStep> queued = steps(true);
        Set<String> disabled = plan.problems().stream()
                .filter(problem -> problem.code() == Problem.Code.VECTORIZER_DISABLED)
                .map(problem -> String.valueOf(problem.value()))
                .collect(Collectors.toSet());
        List<String> enabled = queued.stream()
                .map(PlanStep::vectorizer)
                .filter(name -> !disabled.contains(name))
                .toList();
        List<String> why = enabled.isEmpty()
                ? List.of()
                : List.of("Disables what the next migration alters: it must be committed by then.");
        add(
                queued.isEmpty() ? "" : " before",
                steps(false),
                enabled.stream().map(VectorizerChange::disable).toList(),
                why);
        add(
                "",
                queued,
                List.of(),
                List.of("Refused, and can run again, while a worker is at a vectorizer that is altered."));
        add(
                " after",
                List.of(),
                enabled.stream().map(VectorizerChange::enable).toList(),
                List.of("Enables what was disabled to be altered. Rows wait until then."));
    }

    private List<PlanStep> steps(boolean queued) {
        return plan.steps().stream()
                .filter(step -> queued == (step.action() == Action.ALTER_AND_QUEUE))
                .toList();
    }

    private void add(
            String which, List<PlanStep> steps, List<? extends VectorizerChange> afterwards, List<String> remarks) {
        List<VectorizerChange> changes = new ArrayList<>();
        List<String> comments = new ArrayList<>();
        comments.add("Plan " + plan.fingerprint());
        for (PlanStep step : steps) {
            changes.addAll(step.changes());
            comments.add(step.toString());
            step.hazards().forEach(hazard -> comments.add("  " + hazard + ": " + hazard.effect()));
        }
        changes.addAll(afterwards);
        comments.addAll(remarks);
        if (!changes.isEmpty()) {
            migrations.add(version -> new Migration(version, description + which, changes, comments));
        }
    }
}
