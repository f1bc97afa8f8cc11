package dev.pgai.cli;

import dev.pgai.PgaiException;
import dev.pgai.database.VectorizerReplacement;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.Consent;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.Hazard;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "start",
        description = {
            "Creates a second vectorizer, NAME__next, with a table and a view of its own, and queues all rows for it, which"
                    + " are embedded and paid for. The first goes on to serve. Where one has been started by the same"
                    + " definition, what it lacks is queued."
        })
final class ReplaceStartCommand extends DatabaseCommand {

    @Mixin
    DefinitionsFile file = new DefinitionsFile();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description = "Which vectorizer of the file. Not needed where the file has one.")
    @Nullable
    String name;

    @Mixin
    ConsentOptions consents = new ConsentOptions();

    @Option(names = "--json", description = "As a JSON object: what status prints.")
    boolean json;

    @Override
    int run() {
        List<Consent> given = argument(consents::given);
        VectorizerDefinition wanted = wanted(file.read(surroundings()));
        Connections connections = connections();
        Consent needed = new Consent(CatalogNames.of(wanted).vectorizer(), Hazard.REEMBEDS_ROWS);
        Optional<String> refused =
                ConsentOptions.refusal(List.of(needed), given, surroundings().asked());
        if (refused.isPresent()) {
            throw new PgaiException(refused.get());
        }
        VectorizerReplacement started = Pgai.on(connections).replacements().start(wanted);
        if (json) {
            output().data(Json.write(ReplaceStatusCommand.object(started)));
            return Cli.DONE;
        }
        output().text(started.toString());
        output().message("A worker for it alone: pgai vectorizer worker --vectorizer-id " + started.nextId()
                + ". Then: replace complete " + started.name()
                + ", which drops the embeddings from before: it cannot be undone.");
        started.obstacles()
                .forEach(obstacle ->
                        output().message("WARNING It must be gone by then, or be made beside it, too: " + obstacle));
        return Cli.DONE;
    }

    private VectorizerDefinition wanted(DesiredState desired) {
        if (name != null) {
            return desired.definition(name)
                    .orElseThrow(() -> usage("NAME = " + name + " is refused: the file has no such vectorizer."));
        }
        if (desired.definitions().size() != 1) {
            throw usage("Which vectorizer? The file has "
                    + Count.of(desired.definitions().size(), "definition") + ". Give NAME.");
        }
        return desired.definitions().get(0);
    }
}
