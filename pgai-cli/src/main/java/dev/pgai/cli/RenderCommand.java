package dev.pgai.cli;

import dev.pgai.change.VectorizerChange;
import dev.pgai.plan.DesiredState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "render",
        description = {
            "Prints the statements that create the vectorizers of a file, each on one line, and nothing else. No database"
                    + " is asked. Names under removed are dropped by no statement: apply asks before it does."
        })
final class RenderCommand extends CliCommand {

    @Mixin
    DefinitionsFile file = new DefinitionsFile();

    @Override
    int run() {
        DesiredState desired = file.read(surroundings());
        desired.definitions().stream()
                .flatMap(definition -> VectorizerChange.create(definition).sql().stream())
                .forEach(statement -> output().data(statement + ";"));
        return Cli.DONE;
    }
}
