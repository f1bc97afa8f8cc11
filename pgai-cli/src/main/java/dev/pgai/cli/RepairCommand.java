package dev.pgai.cli;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.AppliedChange;
import dev.pgai.jdbc.Pgai;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "repair",
        description = {
            "Makes again what is missing of a vectorizer, all or nothing. What cannot be made again from what is there is"
                    + " an error that names all of it. inspect says before what is damaged."
        })
final class RepairCommand extends DatabaseCommand {

    @Parameters(paramLabel = "NAME", description = "The vectorizer.")
    String name = "";

    @Option(names = "--json", description = "As a JSON object: vectorizer, repaired, warnings.")
    boolean json;

    @Override
    int run() {
        AppliedChange done = Pgai.on(connections()).apply(VectorizerChange.repair(name));
        if (json) {
            output().data(Json.write(
                    Json.object("vectorizer", name, "repaired", done.changed(), "warnings", done.warnings())));
        } else {
            output().text(Texts.line(name) + ": " + (done.changed() ? "repaired" : "was whole"));
            done.warnings().forEach(warning -> output().message("WARNING " + warning));
        }
        return Cli.DONE;
    }
}
