package dev.pgai.cli;

import dev.pgai.PgaiException;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.vectorizer.VectorizerJson;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Prints the definitions of the vectorizers of a database as JSON, each on one line, for plan to read. Options"
                    + " are as they are stored: who wrote a key into one finds it there. To whom a vectorizer was granted"
                    + " is not stored."
        })
final class ExportCommand extends DatabaseCommand {

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "These vectorizers. Default: all.")
    List<String> names = new ArrayList<>();

    @Override
    int run() {
        List<StoredVectorizer> all = reading(pgai -> pgai.list()).stream()
                .filter(vectorizer -> names.isEmpty() || names.contains(vectorizer.name()))
                .toList();
        List<String> found = all.stream().map(StoredVectorizer::name).toList();
        refuse(
                "There is no vectorizer ",
                names.stream().filter(name -> !found.contains(name)).toList(),
                ".");
        refuse(
                "What is stored cannot be read as a definition: vectorizer ",
                all.stream()
                        .filter(vectorizer -> vectorizer.unreadable().isPresent())
                        .map(StoredVectorizer::name)
                        .toList(),
                ". Name the others, or put its row right: inspect says what is wrong.");
        output().data(all.stream()
                .map(vectorizer -> "\n  " + VectorizerJson.write(vectorizer.definition()))
                .collect(Collectors.joining(",", "[", "\n]")));
        return Cli.DONE;
    }

    private static void refuse(String start, List<String> wrong, String end) {
        if (!wrong.isEmpty()) {
            throw new PgaiException(
                    start + wrong.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", ")) + end);
        }
    }
}
