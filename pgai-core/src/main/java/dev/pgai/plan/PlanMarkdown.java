package dev.pgai.plan;

import dev.pgai.database.Problem;
import dev.pgai.vectorizer.DefinitionDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan as a comment on a pull request. */
final class PlanMarkdown {

    /** What Markdown, or who shows it, takes for its own. */
    private static final String ESCAPED = "&<>`*_[]|@#~\\$";

    private PlanMarkdown() {}

    static String write(VectorizerPlan plan, @Nullable Price price) {
        List<String> lines = new ArrayList<>();
        if (!plan.isDrift()) {
            lines.add("### Vectorizers: nothing to do");
        } else {
            lines.add("### Vectorizers: " + PlanText.counted(plan.steps().size(), "step")
                    + (plan.errors().isEmpty()
                            ? ""
                            : ", " + PlanText.counted(plan.errors().size(), "error") + ", so that nothing is done"));
        }
        if (!plan.steps().isEmpty()) {
            lines.add("");
            lines.add(
                    "| step | because | what comes of it | rows to embed |" + (price != null ? " cost at most |" : ""));
            lines.add("|---|---|---|--:|" + (price != null ? "--:|" : ""));
            plan.steps().forEach(step -> lines.add(row(step, price)));
        }
        if (!plan.problems().isEmpty()) {
            lines.add("");
            for (Problem problem : plan.problems()) {
                lines.add("- **" + problem.severity() + "** " + escaped(problem.code() + ": " + problem));
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

    private static String row(PlanStep step, @Nullable Price price) {
        boolean embeds = step.hazards().contains(Hazard.REEMBEDS_ROWS);
        List<String> reasons = new ArrayList<>();
        step.damages().forEach(damage -> reasons.add(escaped(damage.code() + ", " + damage.object())));
        step.differences().forEach(difference -> reasons.add(escaped(text(difference))));
        if (step.isReplaceableSideBySide()) {
            reasons.add(PlanText.SIDE_BY_SIDE);
        }
        String hazards = step.hazards().stream()
                .map(Hazard::name)
                .map(PlanMarkdown::escaped)
                .collect(Collectors.joining("<br>"));
        String row = "| " + escaped(step.toString()) + " | " + String.join("<br>", reasons) + " | " + hazards + " | "
                + (embeds ? PlanText.rows(step) : "") + " |";
        return price == null ? row : row + " " + (embeds ? PlanText.cost(step, price) : "") + " |";
    }

    private static String text(DefinitionDifference difference) {
        return difference.path() + ": " + difference.shownStored() + " → " + difference.shownWanted();
    }

    private static String joined(List<String> names) {
        return names.stream().map(PlanMarkdown::escaped).collect(Collectors.joining(", "));
    }

    /** Text in a table that is nothing but text: names come from the database. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        PlanText.onOneLine(text).codePoints().forEach(c -> {
            if (ESCAPED.indexOf(c) >= 0) {
                escaped.append("&#").append(c).append(';');
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
