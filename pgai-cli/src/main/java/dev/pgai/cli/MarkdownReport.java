package dev.pgai.cli;

import dev.pgai.database.Problem;
import dev.pgai.plan.Hazard;
import dev.pgai.plan.PlanStep;
import dev.pgai.plan.Price;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.vectorizer.DefinitionDifference;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan as a comment on a pull request. */
final class MarkdownReport {

    private MarkdownReport() {}

    static String of(VectorizerPlan plan, Optional<Price> price) {
        List<String> lines = new ArrayList<>();
        if (!plan.isDrift()) {
            lines.add("### Vectorizers: nothing to do");
        } else {
            lines.add("### Vectorizers: " + Count.of(plan.steps().size(), "step")
                    + (plan.errors().isEmpty()
                            ? ""
                            : ", " + Count.of(plan.errors().size(), "error") + ", so that nothing is done"));
        }
        if (!plan.steps().isEmpty()) {
            lines.add("");
            lines.add("| step | because | what comes of it | rows to embed |"
                    + (price.isPresent() ? " cost at most |" : ""));
            lines.add("|---|---|---|--:|" + (price.isPresent() ? "--:|" : ""));
            plan.steps().forEach(step -> lines.add(row(step, price)));
        }
        if (!plan.problems().isEmpty()) {
            lines.add("");
            for (Problem problem : plan.problems()) {
                lines.add("- **" + problem.severity() + "** " + Texts.markdown(problem.code() + ": " + problem));
            }
        }
        List<String> consents =
                plan.missing(List.of()).stream().map(Object::toString).toList();
        if (!consents.isEmpty()) {
            lines.add("");
            lines.add("To agree to: " + joined(consents));
        }
        if (!plan.undeclared().isEmpty()) {
            lines.add("");
            lines.add("Not declared, and left alone: " + joined(plan.undeclared()));
        }
        if (plan.isDrift()) {
            lines.add("");
            lines.add("Fingerprint: `" + plan.fingerprint() + "`");
        }
        return String.join("\n", lines);
    }

    private static String row(PlanStep step, Optional<Price> price) {
        List<String> reasons = new ArrayList<>();
        step.damages().forEach(damage -> reasons.add(Texts.markdown(damage.code() + ", " + damage.object())));
        step.differences().forEach(difference -> reasons.add(Texts.markdown(text(difference))));
        String hazards =
                step.hazards().stream().map(Hazard::name).map(Texts::markdown).collect(Collectors.joining("<br>"));
        String row = "| " + Texts.markdown(step.toString()) + " | " + String.join("<br>", reasons) + " | " + hazards
                + " | " + (step.rows().isPresent() ? step.rows().getAsLong() : "") + " |";
        return price.isEmpty()
                ? row
                : row + " "
                        + step.cost(price.get()).map(BigDecimal::toPlainString).orElse("") + " |";
    }

    private static String text(DefinitionDifference difference) {
        return difference.path() + ": " + difference.shownStored() + " → " + difference.shownWanted();
    }

    private static String joined(List<String> names) {
        return names.stream().map(Texts::markdown).collect(Collectors.joining(", "));
    }
}
