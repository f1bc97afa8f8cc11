package dev.pgai.cli;

import dev.pgai.plan.Consent;
import dev.pgai.plan.VectorizerPlan;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The plan that somebody has read, and what of it was agreed to. */
final class PlanConsentOptions extends ConsentOptions {

    @Option(
            names = "--fingerprint",
            paramLabel = "HEX",
            description = "Of the plan that was read: another one is refused.")
    @Nullable
    String fingerprint;

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
        return refusal(plan.missing(List.of()), given, asked);
    }
}
