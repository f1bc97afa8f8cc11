package dev.pgai.cli;

import dev.pgai.plan.DesiredState;
import dev.pgai.plan.Price;
import dev.pgai.plan.VectorizerPlan;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "plan",
        description = {
            "Compares a file with a database, and prints what would make them one: steps, why, what comes of them beside,"
                    + " and the fingerprint for apply. Nothing is changed; the server refuses to. Ends with 1 when there"
                    + " are errors, so that apply would refuse it."
        })
final class PlanCommand extends DatabaseCommand {

    @Mixin
    DefinitionsFile file = new DefinitionsFile();

    @ArgGroup
    Form form = new Form();

    @Mixin
    PriceOptions price = new PriceOptions();

    /** One of them. */
    static final class Form {
        @Option(names = "--json", description = "As a JSON object: fingerprint, drift, steps, problems, undeclared.")
        boolean json;

        @Option(names = "--markdown", description = "As a report for a pull request.")
        boolean markdown;
    }

    @Override
    int run() {
        Optional<Price> paid = argument(price::price);
        Connections connections = connections();
        DesiredState desired = file.read(surroundings());
        VectorizerPlan plan = reading(connections, pgai -> pgai.plan(desired));
        if (form.json) {
            output().data(paid.map(plan::toJson).orElseGet(plan::toJson));
        } else if (form.markdown) {
            output().data(paid.map(plan::toMarkdown).orElseGet(plan::toMarkdown));
        } else {
            output().text(paid.map(plan::report).orElseGet(plan::toString));
        }
        return plan.errors().isEmpty() ? Cli.DONE : Cli.ERROR;
    }
}
