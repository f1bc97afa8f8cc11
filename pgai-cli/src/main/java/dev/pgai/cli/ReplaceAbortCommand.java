package dev.pgai.cli;

import dev.pgai.jdbc.Pgai;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "abort",
        description = {
            "Ends a replacement that is not completed, and drops what was embedded for it. The vectorizer stays as it is."
        })
final class ReplaceAbortCommand extends DatabaseCommand {

    @Parameters(paramLabel = "NAME", description = "The vectorizer.")
    String name = "";

    @Option(names = "--json", description = "As a JSON object: vectorizer, aborted.")
    boolean json;

    @Override
    int run() {
        Pgai.on(connections()).replacements().abort(name);
        if (json) {
            output().data(Json.write(Json.object("vectorizer", name, "aborted", true)));
        } else {
            output().text("Aborted the replacement of vectorizer " + Texts.line(name));
        }
        return Cli.DONE;
    }
}
