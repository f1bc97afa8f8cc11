package dev.pgai.cli;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.database.AppliedChange;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.Consent;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.VectorizerPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "apply",
        description = {
            "Makes a database what a file says. Prints the plan, and then what was done. A step that does more than it is"
                    + " for (deletes embeddings, embeds rows again) needs --consent; on a terminal, and not in CI, it is"
                    + " asked for."
        })
final class ApplyCommand extends DatabaseCommand {

    @Mixin
    DefinitionsFile file = new DefinitionsFile();

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

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long to wait for workers that are at a vectorizer whose rows are queued again, from 0."
                    + " Default: ${DEFAULT-VALUE}.")
    int wait;

    @Option(
            names = "--dry-run",
            description = "Prints the plan, and does nothing. Ends with 1 when it would be refused.")
    boolean dryRun;

    @Option(names = "--json", description = "As a JSON object: plan, applied.")
    boolean json;

    @Override
    int run() {
        List<Consent> given = new ArrayList<>(
                argument(() -> consents.stream().map(ApplyCommand::consent).toList()));
        if (wait < 0) {
            throw usage("--wait = " + wait + " is refused: it must be 0 or more. Leave it out for 300.");
        }
        Connections connections = connections();
        DesiredState desired = file.read(surroundings());
        VectorizerPlan plan = reading(connections, pgai -> pgai.plan(desired));
        if (!json) {
            output().text(plan.toString());
        }
        Optional<String> refused = refusal(plan, given);
        if (refused.isPresent()) {
            print(plan, List.of());
            throw new PgaiException(refused.get());
        }
        if (dryRun) {
            print(plan, List.of());
            return Cli.DONE;
        }
        if (surroundings().asked().isPresent() && !plan.steps().isEmpty()) {
            output().message("Working ...");
        }
        print(plan, Pgai.on(connections).apply(plan, given, Duration.ofSeconds(wait)));
        return Cli.DONE;
    }

    private static Consent consent(String text) {
        try {
            return Consent.parse(text);
        } catch (InvalidArgumentException e) {
            throw e.at("--consent");
        }
    }

    /** Why the plan is not carried out; who is asked may add to what was agreed to. */
    private Optional<String> refusal(VectorizerPlan plan, List<Consent> given) {
        if (fingerprint != null && !fingerprint.equals(plan.fingerprint())) {
            return Optional.of("The plan is no longer the one of fingerprint " + fingerprint + ": it is now "
                    + plan.fingerprint() + ". Nothing was done. Read the plan, and give its fingerprint.");
        }
        if (!plan.errors().isEmpty()) {
            return Optional.of("The plan has " + Count.of(plan.errors().size(), "error") + ". Nothing was done. "
                    + plan.errors().get(0));
        }
        if (!dryRun) {
            surroundings().asked().ifPresent(terminal -> ask(terminal, plan, given));
        }
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

    private void print(VectorizerPlan plan, List<AppliedChange> applied) {
        if (json) {
            List<Object> changes = applied.stream()
                    .<Object>map(done -> Json.object(
                            "change", done.change().toString(), "changed", done.changed(), "warnings", done.warnings()))
                    .toList();
            output().data("{\"plan\":" + plan.toJson() + ",\"applied\":" + Json.write(changes) + "}");
            return;
        }
        for (AppliedChange done : applied) {
            output().text((done.changed() ? "Done: " : "Was so already: ") + done.change());
            done.warnings().forEach(warning -> output().message("WARNING " + warning));
        }
    }
}
