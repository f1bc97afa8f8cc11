package dev.pgai.cli;

import dev.pgai.InvalidArgumentException;
import dev.pgai.plan.Consent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** What somebody has agreed to. */
class ConsentOptions {

    @Option(
            names = "--consent",
            paramLabel = "NAME:HAZARD",
            description = "Agrees to one thing of one vectorizer, such as blog:REEMBEDS_ROWS. May be repeated.")
    List<String> consents = new ArrayList<>();

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
     * Why nothing is done.
     *
     * @param needed what must be agreed to
     * @param given what was agreed to; what else is agreed to is added
     * @param asked who is asked for what is missing
     */
    static Optional<String> refusal(List<Consent> needed, List<Consent> given, Optional<Terminal> asked) {
        asked.ifPresent(terminal -> ask(terminal, missing(needed, given), given));
        List<Consent> missing = missing(needed, given);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("Nobody has agreed to all of it. Nothing was done. When it is meant, give:"
                        + missing.stream()
                                .map(consent -> "\n  --consent '"
                                        + Texts.line(consent.toString()).replace("'", "'\\''") + "' ("
                                        + consent.hazard().effect() + ")")
                                .collect(Collectors.joining()));
    }

    private static List<Consent> missing(List<Consent> needed, List<Consent> given) {
        return needed.stream().filter(consent -> !given.contains(consent)).toList();
    }

    private static void ask(Terminal terminal, List<Consent> missing, List<Consent> given) {
        for (Consent consent : missing) {
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
