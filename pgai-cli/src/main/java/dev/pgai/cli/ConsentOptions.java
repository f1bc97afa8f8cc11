package dev.pgai.cli;

import dev.pgai.InvalidArgumentException;
import dev.pgai.plan.Consent;
import dev.pgai.plan.VectorizerPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What somebody has read and agreed to. */
final class ConsentOptions {

    @Option(
            names = "--consent",
            paramLabel = "NAME:HAZARD",
            description = "Agrees to one thing of one vectorizer, such as blog:REEMBEDS_ROWS. May be repeated.")
    List<String> consents = new ArrayList<>();

    @Option(
            names = "--fingerprint",
            paramLabel = "HEX",
            description = "Of the plan that was read: another one is refused.")
    @Nullable
    String fingerprint;

    /** What was agreed to by options; more may be added. */
    List<Consent> given() {
        return new ArrayList<>(consents.stream().map(ConsentOptions::consent).toList());
    }

    private static Consent consent(String text) {
        try {
            return Consent.parse(text);
        } catch (InvalidArgumentException e) {
            throw e.at("--consent");
        }
    }

    /**
     * Why nothing is done with the plan.
     *
     * @param given what was agreed to; what else is agreed to is added
     * @param asked who is asked for what is missing
     */
    Optional<String> refusal(VectorizerPlan plan, List<Consent> given, Optional<Terminal> asked) {
        if (fingerprint != null && !fingerprint.equals(plan.fingerprint())) {
            return Optional.of("The plan is no longer the one of fingerprint " + fingerprint + ": it is now "
                    + plan.fingerprint() + ". Nothing was done. Read the plan, and give its fingerprint.");
        }
        if (!plan.errors().isEmpty()) {
            return Optional.of("The plan has " + Count.of(plan.errors().size(), "error") + ". Nothing was done. "
                    + plan.errors().get(0));
        }
        asked.ifPresent(terminal -> ask(terminal, plan, given));
        List<Consent> missing = plan.missing(given);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("Nobody has agreed to all of it. Nothing was done. When it is meant, give:"
                        + missing.stream()
                                .map(consent -> "\n  --consent '"
                                        + Texts.line(consent.toString()).replace("'", "'\\''") + "' ("
                                        + consent.hazard().effect() + ")")
                                .collect(Collectors.joining()));
    }

    private static void ask(Terminal terminal, VectorizerPlan plan, List<Consent> given) {
        for (Consent consent : plan.missing(given)) {
            String answer = terminal.readLine()
                    .apply("Vectorizer \"" + Texts.line(consent.vectorizer()) + "\": "
                            + consent.hazard().effect() + ". Agreed? [y/N] ");
            if (answer == null || !answer.strip().equalsIgnoreCase("y")) {
                return;
            }
            given.add(consent);
        }
    }
}
