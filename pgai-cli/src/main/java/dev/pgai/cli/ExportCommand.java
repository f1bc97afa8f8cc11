package dev.pgai.cli;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerReplacement;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.migration.MigrationFile;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJava;
import dev.pgai.vectorizer.VectorizerJson;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Prints the definitions of the vectorizers of a database as JSON, each on one line, for plan to read, or as a"
                    + " class of Java's. Options are as they are stored: who wrote a key into one finds it there. To whom a"
                    + " vectorizer was granted is not stored."
        })
final class ExportCommand extends DatabaseCommand {

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "These vectorizers. Default: all, without those that fill to replace one.")
    List<String> names = new ArrayList<>();

    @Option(
            names = "--java",
            paramLabel = "CLASS",
            description =
                    "As a class of this name, such as com.example.Vectorizers, with a constant for each vectorizer.")
    @Nullable
    String className;

    @Mixin
    FolderOptions folder = new FolderOptions();

    @Override
    int run() {
        if (className == null && folder.isGiven()) {
            throw usage("--directory is an option of --java alone: what is printed as JSON goes where you say, by >.");
        }
        if (className != null) {
            // The name alone, before a database is asked.
            String unused = code(className, List.of());
        }
        if (folder.isGiven()) {
            folder.require();
        }
        Connections connections = connections();
        List<StoredVectorizer> all = reading(connections, pgai -> names.isEmpty() ? withoutSeconds(pgai) : named(pgai));
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
        List<VectorizerDefinition> definitions =
                all.stream().map(StoredVectorizer::definition).toList();
        if (className == null) {
            output().data(definitions.stream()
                    .map(definition -> "\n  " + VectorizerJson.write(definition))
                    .collect(Collectors.joining(",", "[", "\n]")));
        } else {
            print(className, code(className, definitions));
        }
        return Cli.DONE;
    }

    private List<StoredVectorizer> named(Pgai pgai) {
        return pgai.list().stream()
                .filter(vectorizer -> names.contains(vectorizer.name()))
                .toList();
    }

    /** What fills to replace one is gone when that is done. */
    private static List<StoredVectorizer> withoutSeconds(Pgai pgai) {
        List<String> seconds = pgai.replacements().list().stream()
                .map(VectorizerReplacement::next)
                .toList();
        return pgai.list().stream()
                .filter(vectorizer -> !seconds.contains(vectorizer.name()))
                .toList();
    }

    private String code(String name, List<VectorizerDefinition> definitions) {
        try {
            return VectorizerJava.writeClass(name, definitions);
        } catch (InvalidArgumentException e) {
            throw e.argument().equals("className")
                    ? usage(String.valueOf(e.at("--java").getMessage()))
                    : e;
        }
    }

    private void print(String name, String code) {
        if (folder.isGiven()) {
            folder.write(List.of(new MigrationFile(name.replace('.', '/') + ".java", code)))
                    .forEach(path -> output().text("Written: " + path));
        } else {
            output().data(code.stripTrailing());
        }
    }

    private static void refuse(String start, List<String> wrong, String end) {
        if (!wrong.isEmpty()) {
            throw new PgaiException(
                    start + wrong.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", ")) + end);
        }
    }
}
