package dev.pgai.cli;

import dev.pgai.PgaiException;
import dev.pgai.database.AppliedChange;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.Consent;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.VectorizerPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    @Mixin
    PlanConsentOptions consents = new PlanConsentOptions();

    @Mixin
    WaitOption wait = new WaitOption();

    @Option(
            names = "--dry-run",
            description = "Prints the plan, and does nothing. Ends with 1 when it would be refused.")
    boolean dryRun;

    @Option(names = "--json", description = "As a JSON object: plan, applied.")
    boolean json;

    @Override
    int run() {
        List<Consent> given = argument(consents::given);
        Duration timeout = argument(wait::timeout);
        Connections connections = connections();
        DesiredState desired = file.read(surroundings());
        VectorizerPlan plan = reading(connections, pgai -> pgai.plan(desired));
        if (!json) {
            output().text(plan.toString());
        }
        Optional<String> refused = consents.refusal(
                plan, given, dryRun ? Optional.empty() : surroundings().asked());
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
        print(plan, Pgai.on(connections).apply(plan, given, timeout));
        return Cli.DONE;
    }

    private void print(VectorizerPlan plan, List<AppliedChange> applied) {
        if (json) {
            output().data("{\"plan\":" + plan.toJson() + ",\"applied\":" + Json.write(Json.applied(applied)) + "}");
            return;
        }
        printApplied(applied);
    }
}
