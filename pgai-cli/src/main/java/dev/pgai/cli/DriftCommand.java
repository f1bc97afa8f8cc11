package dev.pgai.cli;

import dev.pgai.plan.DesiredState;
import dev.pgai.plan.VectorizerPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "drift",
        description = {
            "Says whether a database is what a file says, for a job that runs each night. Ends with 0 when it is, with 2"
                    + " when it is not, with 1 when it could not be told. Nothing is changed; the server refuses to."
        })
final class DriftCommand extends DatabaseCommand {

    @Mixin
    DefinitionsFile file = new DefinitionsFile();

    @Option(names = "--json", description = "As a JSON object: fingerprint, drift, steps, problems, undeclared.")
    boolean json;

    @Override
    int run() {
        Connections connections = connections();
        DesiredState desired = file.read(surroundings());
        VectorizerPlan plan = reading(connections, pgai -> pgai.plan(desired));
        if (json) {
            output().data(plan.toJson());
        } else {
            output().text(plan.toString());
        }
        return plan.isDrift() ? Cli.DRIFT : Cli.DONE;
    }
}
