package dev.pgai.plan;

import dev.pgai.database.Problem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan for people. */
final class PlanText {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

    static final String SIDE_BY_SIDE = "or without a gap, side by side: replace";

    private static final String NOT_KNOWN = "not known";

    private PlanText() {}

    static String write(VectorizerPlan plan, @Nullable Price price) {
        List<String> lines = new ArrayList<>();
        lines.add(summary(plan));
        int number = 1;
        for (PlanStep step : plan.steps()) {
            lines.add(number + ". " + capitalized(step.toString()));
            step.damages().forEach(damage -> lines.add("     " + damage.code() + ", " + damage.object()));
            step.differences()
                    .forEach(difference -> lines.add("     " + difference.path() + ": " + difference.shownStored()
                            + " -> " + difference.shownWanted()));
            if (step.hazards().contains(Hazard.REEMBEDS_ROWS)) {
                lines.add("     rows to embed: " + rows(step) + bytes(step));
                if (price != null) {
                    lines.add("     cost at most: " + cost(step, price));
                }
            }
            for (Hazard hazard : step.hazards()) {
                lines.add("     " + hazard + ": " + hazard.effect());
            }
            if (step.isReplaceableSideBySide()) {
                lines.add("     " + SIDE_BY_SIDE);
            }
            number++;
        }
        for (Problem problem : plan.problems()) {
            lines.add(problem.severity() + " " + problem.code() + ": " + problem);
        }
        if (!plan.undeclared().isEmpty()) {
            lines.add("Not declared, and left alone: " + String.join(", ", plan.undeclared()));
        }
        return lines.stream().map(PlanText::onOneLine).collect(Collectors.joining("\n"));
    }

    /** Names come from the database, and may hold what a terminal or a log takes for its own. */
    static String onOneLine(String text) {
        return CONTROL.matcher(text)
                .replaceAll(
                        control -> String.format("\\\\u%04x", control.group().codePointAt(0)));
    }

    private static String summary(VectorizerPlan plan) {
        if (!plan.isDrift()) {
            return "Nothing to do: the database is as desired.";
        }
        int errors = plan.errors().size();
        return counted(plan.steps().size(), "step")
                + (errors == 0 ? "" : ", and " + counted(errors, "error") + ", so that nothing is done")
                + " (fingerprint " + plan.fingerprint() + ")";
    }

    static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** What nobody has counted, or may read, may be any number. */
    static String rows(PlanStep step) {
        return step.rows().isPresent() ? Long.toString(step.rows().getAsLong()) : NOT_KNOWN;
    }

    static String cost(PlanStep step, Price price) {
        return step.cost(price).map(BigDecimal::toPlainString).orElse(NOT_KNOWN);
    }

    private static String bytes(PlanStep step) {
        return step.bytes().isPresent() ? ", up to " + step.bytes().getAsLong() + " bytes of text" : "";
    }

    private static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
