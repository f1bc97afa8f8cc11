package dev.pgai.cli;

import dev.pgai.database.AppliedChange;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.Consent;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "complete",
        description = {
            "Gives a vectorizer the embeddings that were made beside it, and drops those from before, which cannot be undone."
                    + " Refused while rows that are found now are not embedded: agree to those that failed, or have no"
                    + " text any more, by --consent NAME:SEARCH_GAP. Run it again where it ended."
        })
final class ReplaceCompleteCommand extends DatabaseCommand {

    @Parameters(paramLabel = "NAME", description = "The vectorizer.")
    String name = "";

    @Mixin
    ConsentOptions consents = new ConsentOptions();

    @Mixin
    WaitOption wait = new WaitOption();

    @Option(names = "--json", description = "As a JSON object: vectorizer, applied.")
    boolean json;

    @Override
    int run() {
        List<Consent> given = argument(consents::given);
        Duration timeout = argument(wait::timeout);
        Connections connections = connections();
        if (surroundings().asked().isPresent()) {
            output().message("Working ...");
        }
        List<AppliedChange> applied = Pgai.on(connections).replacements().complete(name, given, timeout);
        if (json) {
            output().data(Json.write(Json.object("vectorizer", name, "applied", Json.applied(applied))));
        } else {
            printApplied(applied);
        }
        return Cli.DONE;
    }
}
