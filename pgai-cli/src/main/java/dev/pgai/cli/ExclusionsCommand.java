package dev.pgai.cli;

import dev.pgai.managed.ManagedObjects;
import dev.pgai.managed.exclusion.ExclusionFormat;
import dev.pgai.managed.exclusion.ExclusionList;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "exclusions",
        description = {
            "Prints the objects that are pgai's, as a tool for schema diffs takes them to leave them alone. What the tool"
                    + " cannot be told goes to standard error."
        })
final class ExclusionsCommand extends DatabaseCommand {

    @Option(
            names = "--for",
            required = true,
            paramLabel = "TOOL",
            completionCandidates = Tools.class,
            description = {
                "One of ${COMPLETION-CANDIDATES}. redgate is the filter of Flyway's diff, jooq-sql a query that is the same for"
                        + " every database, schemas is for pg-schema-diff and migra. Hibernate and MyBatis Generator take"
                        + " no list: pgai-hibernate and pgai-mybatis are there for them."
            })
    String tool = "";

    @Option(
            names = "--declared",
            paramLabel = "FILE",
            description = "What the definitions of this file alone say; no database is asked. - is standard input.")
    @Nullable
    String declared;

    @Option(names = "--json", description = "As a JSON object: format, text, note, missing.")
    boolean json;

    /** The names of the formats. */
    static final class Tools implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }
    }

    @Override
    int run() {
        ExclusionFormat format = Stream.of(ExclusionFormat.values())
                .filter(one -> name(one).equals(tool))
                .findFirst()
                .orElseThrow(() -> usage("--for is one of " + names().collect(Collectors.joining(", ")) + "."));
        ExclusionList list = format.write(objects());
        if (json) {
            output().data(Json.write(Json.object(
                    "format",
                    name(format),
                    "text",
                    list.text(),
                    "note",
                    list.note(),
                    "missing",
                    list.missing().stream().map(Object::toString).toList())));
            return Cli.DONE;
        }
        output().data(list.text());
        output().message(list.note());
        list.missing().forEach(object -> output().message("Not said: " + object));
        return Cli.DONE;
    }

    private ManagedObjects objects() {
        if (declared != null) {
            DefinitionsFile file = new DefinitionsFile();
            file.file = declared;
            return ManagedObjects.declared(file.read(surroundings()).definitions());
        }
        return reading(pgai -> {
            // Who may not read the vectorizers would get a list that leaves some out.
            pgai.list();
            return pgai.managedObjects();
        });
    }

    private static Stream<String> names() {
        return Stream.of(ExclusionFormat.values()).map(ExclusionsCommand::name);
    }

    private static String name(ExclusionFormat format) {
        return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
