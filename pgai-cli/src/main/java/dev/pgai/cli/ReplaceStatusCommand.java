package dev.pgai.cli;

import dev.pgai.database.VectorizerReplacement;
import dev.pgai.json.EnumNames;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "status",
        description = "Shows how far replacements are: of the rows that are found now, how many are embedded anew. With"
                + " --watch until none is left to fill.")
final class ReplaceStatusCommand extends DatabaseCommand {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The vectorizer. Default: all that are replaced.")
    @Nullable
    String name;

    @Mixin
    WatchOption watch = new WatchOption();

    @Option(
            names = "--json",
            description = "As a JSON array: vectorizer, id, next, next_id, phase, store, view, enabled, rows, missing,"
                    + " pending, failed, obstacles, ready; with --watch one a line.")
    boolean json;

    @Override
    int run() {
        boolean again = argument(watch::isGiven);
        Connections connections = connections();
        watch.run(output(), () -> {
            List<VectorizerReplacement> all = look(connections);
            print(all);
            return again && all.stream().anyMatch(replacement -> replacement.missing() > 0);
        });
        return Cli.DONE;
    }

    private List<VectorizerReplacement> look(Connections connections) {
        return reading(
                connections,
                pgai -> name == null
                        ? pgai.replacements().list()
                        : pgai.replacements().find(name).stream().toList());
    }

    private void print(List<VectorizerReplacement> all) {
        if (json) {
            output().data(Json.write(
                    all.stream().map(ReplaceStatusCommand::object).toList()));
            return;
        }
        if (all.isEmpty()) {
            output().text("No replacement has been started.");
        }
        for (VectorizerReplacement replacement : all) {
            output().text(Texts.line(replacement.toString()) + (replacement.isReady() ? ". Ready: complete it" : ""));
            replacement.obstacles().forEach(obstacle -> output().text("  in the way: " + Texts.line(obstacle)));
        }
    }

    static Map<String, Object> object(VectorizerReplacement replacement) {
        return Json.object(
                "vectorizer",
                replacement.name(),
                "id",
                replacement.id(),
                "next",
                replacement.next(),
                "next_id",
                replacement.nextId(),
                "phase",
                EnumNames.nameOf(replacement.phase()),
                "store",
                replacement.store(),
                "view",
                replacement.view(),
                "enabled",
                !replacement.isDisabled(),
                "rows",
                replacement.rows(),
                "missing",
                replacement.missing(),
                "pending",
                replacement.pending(),
                "failed",
                replacement.failed(),
                "obstacles",
                replacement.obstacles(),
                "ready",
                replacement.isReady());
    }
}
