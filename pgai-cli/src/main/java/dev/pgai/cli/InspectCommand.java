package dev.pgai.cli;

import dev.pgai.database.VectorizerInspection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "inspect",
        description = {
            "Looks at what there is of vectorizers (source, triggers, queues, store, view, rights), and says what is"
                    + " damaged and what mends it. Ends with 0 whatever is found."
        })
final class InspectCommand extends DatabaseCommand {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "One vectorizer. Default: all.")
    @Nullable
    String name;

    @Option(names = "--json", description = "As a JSON array: vectorizer, whole, damages, not_seen.")
    boolean json;

    @Override
    int run() {
        List<VectorizerInspection> all = reading(pgai -> name == null ? pgai.inspect() : List.of(pgai.inspect(name)));
        if (json) {
            List<Object> objects = new ArrayList<>();
            all.forEach(one -> objects.add(Json.object(
                    "vectorizer",
                    one.name(),
                    "whole",
                    one.isWhole(),
                    "damages",
                    one.damages().stream().map(Json::damage).toList(),
                    "not_seen",
                    one.notSeen())));
            output().data(Json.write(objects));
            return Cli.DONE;
        }
        for (VectorizerInspection one : all) {
            output().text(Texts.line(one.name()) + ": "
                    + (one.damages().isEmpty()
                            ? "whole"
                            : Count.of(one.damages().size(), "damage")));
            one.damages().forEach(damage -> output().text(damage.severity() + " " + damage));
            one.notSeen().forEach(unseen -> output().text("  not seen: " + unseen));
        }
        if (all.isEmpty()) {
            output().text("There is no vectorizer.");
        }
        return Cli.DONE;
    }
}
