package dev.pgai.cli;

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

    @Option(names = "--json", description = "As a JSON object: vectorizer, repaired.")
    boolean json;

    @Override
    int run() {
        boolean repaired = Pgai.on(connections()).repair(name);
        if (json) {
            output().data(Json.write(Json.object("vectorizer", name, "repaired", repaired)));
        } else {
            output().text(Texts.line(name) + ": " + (repaired ? "repaired" : "was whole"));
        }
        return Cli.DONE;
    }
}
