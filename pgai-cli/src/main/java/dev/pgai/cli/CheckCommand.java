package dev.pgai.cli;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Problem;
import dev.pgai.database.Problem.Severity;
import dev.pgai.database.ProblemForm;
import dev.pgai.plan.DesiredState;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description = {
            "Finds what keeps each vectorizer of a file from being created on a database, and from working. One that is"
                    + " there as it is defined has no problem. Warnings do not change the exit code."
        })
final class CheckCommand extends DatabaseCommand {

    @Mixin
    DefinitionsFile file = new DefinitionsFile();

    @Option(names = "--json", description = "As a JSON array: vectorizer, problems.")
    boolean json;

    @Override
    int run() {
        Connections connections = connections();
        DesiredState desired = file.read(surroundings());
        Map<String, List<Problem>> found = reading(connections, pgai -> {
            Map<String, List<Problem>> byName = new LinkedHashMap<>();
            for (VectorizerDefinition definition : desired.definitions()) {
                byName.put(
                        Objects.requireNonNull(definition.name()),
                        pgai.check(VectorizerChange.createIfAbsent(definition)));
            }
            return byName;
        });
        if (json) {
            List<Object> all = new ArrayList<>();
            found.forEach((name, problems) -> all.add(Json.object(
                    "vectorizer",
                    name,
                    "problems",
                    problems.stream().map(ProblemForm::toMap).toList())));
            output().data(Json.write(all));
        } else {
            found.forEach((name, problems) -> problems.forEach(problem -> output().text(problem.severity() + " "
                    + problem.code() + ": vectorizer \"" + Texts.line(name) + "\": " + problem)));
            if (found.values().stream().allMatch(List::isEmpty)) {
                output().text("No problem in " + Count.of(found.size(), "definition") + ".");
            }
        }
        return found.values().stream().flatMap(List::stream).anyMatch(problem -> problem.severity() == Severity.ERROR)
                ? Cli.ERROR
                : Cli.DONE;
    }
}
