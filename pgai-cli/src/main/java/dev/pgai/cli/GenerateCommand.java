package dev.pgai.cli;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.json.EnumNames;
import dev.pgai.plan.Consent;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.Price;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.plan.migration.LiquibaseFiles;
import dev.pgai.plan.migration.Migration;
import dev.pgai.plan.migration.MigrationFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        description = {
            "Writes what apply would do as a migration of the team's tool: the plan, as files to review and to commit, in"
                    + " --directory or the current one. The database is not changed; the server refuses to. Nobody is asked"
                    + " when a migration runs, so that a step that does more than it is for needs --consent here, as with"
                    + " apply. When there is nothing to do, no file is written."
        })
final class GenerateCommand extends DatabaseCommand {

    /** By the arguments of the library that they are for. */
    private static final Map<String, String> OPTIONS = Map.of(
            "version", "--migration-version",
            "description", "--name",
            "author", "--author",
            "packageName", "--package");

    @Mixin
    DefinitionsFile file = new DefinitionsFile();

    @Option(
            names = "--for",
            required = true,
            paramLabel = "TOOL",
            completionCandidates = Forms.class,
            description =
                    "One of ${COMPLETION-CANDIDATES}. flyway is SQL, sql is for psql and others that take a file as it"
                            + " is.")
    String tool = "";

    @Mixin
    FolderOptions folder = new FolderOptions();

    @Option(
            names = "--stdout",
            description = "Prints the files, and writes none. Where there are several, each begins with its name in a"
                    + " comment.")
    boolean stdout;

    @Option(
            names = "--name",
            paramLabel = "WORDS",
            defaultValue = "vectorizers",
            description =
                    "What the migration is for, as a part of the names of files: words of ASCII letters, digits and"
                            + " underscores. Default: ${DEFAULT-VALUE}.")
    String name = "";

    @Option(
            names = "--migration-version",
            paramLabel = "VERSION",
            description = "Digits, with dots between them; in Liquibase the id of the change set. Where it takes three"
                    + " migrations, the last number is counted up. Default: the time, in UTC, as 20260131120000.")
    @Nullable
    String version;

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "With --for flyway-java: the package of the class. Default: db.migration.")
    @Nullable
    String packageName;

    @Option(names = "--author", paramLabel = "AUTHOR", description = "With --for liquibase. Default: pgai.")
    @Nullable
    String author;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            completionCandidates = Formats.class,
            description = "With --for liquibase: one of ${COMPLETION-CANDIDATES}. Default: yaml.")
    @Nullable
    String format;

    @Mixin
    PlanConsentOptions consents = new PlanConsentOptions();

    @Mixin
    PriceOptions price = new PriceOptions();

    @Option(
            names = "--json",
            description =
                    "As a JSON object: plan, files (an array of name and path; with --stdout, of name and content).")
    boolean json;

    /** The names of the forms. */
    static final class Forms implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(MigrationForm.values()).map(MigrationForm::option).iterator();
        }
    }

    /** The names of Liquibase's formats. */
    static final class Formats implements Iterable<String> {

        private static final String DEFAULT = EnumNames.nameOf(LiquibaseFiles.Format.YAML);

        @Override
        public Iterator<String> iterator() {
            return EnumNames.all(LiquibaseFiles.Format.class).iterator();
        }
    }

    @Override
    int run() {
        MigrationForm form = form();
        MigrationForm.Details details = details();
        String first = version == null ? Migration.timestamp(Instant.now()) : version;
        // The options alone, before a database is asked.
        checked(() -> form.write(List.of(Migration.of(first, name, List.of(VectorizerChange.enable("any")))), details));
        List<Consent> given = argument(consents::given);
        Optional<Price> paid = argument(price::price);
        Connections connections = connections();
        if (!stdout) {
            folder.require();
        }
        DesiredState desired = file.read(surroundings());
        VectorizerPlan plan = reading(connections, pgai -> pgai.plan(desired));
        if (!json && !stdout) {
            output().text(paid.map(plan::report).orElseGet(plan::toString));
        }
        consents.refusal(plan, given, surroundings().asked()).ifPresent(refused -> {
            throw new PgaiException(refused);
        });
        List<Migration> migrations = Migration.of(plan, first, name);
        List<MigrationFile> files = migrations.isEmpty() ? List.of() : form.write(migrations, details);
        print(form, files, paid.map(plan::toJson).orElseGet(plan::toJson));
        return Cli.DONE;
    }

    private MigrationForm form() {
        MigrationForm form = MigrationForm.find(tool)
                .orElseThrow(() -> usage(
                        "--for = \"" + tool + "\" is refused: it is one of " + String.join(", ", new Forms()) + "."));
        refuse(packageName, "--package", form, MigrationForm.FLYWAY_JAVA);
        refuse(author, "--author", form, MigrationForm.LIQUIBASE);
        refuse(format, "--format", form, MigrationForm.LIQUIBASE);
        if (stdout && folder.isGiven()) {
            throw usage("--stdout writes no file, and --directory says where files are written. Give one of them.");
        }
        return form;
    }

    private void refuse(@Nullable String given, String option, MigrationForm form, MigrationForm only) {
        if (given != null && form != only) {
            throw usage(option + " = \"" + given + "\" is refused: it is an option of --for " + only.option()
                    + " alone. Leave it out for " + form.option() + ".");
        }
    }

    private MigrationForm.Details details() {
        String written = Objects.requireNonNullElse(format, Formats.DEFAULT);
        return new MigrationForm.Details(
                Objects.requireNonNullElse(packageName, "db.migration"),
                Objects.requireNonNullElse(author, "pgai"),
                EnumNames.find(LiquibaseFiles.Format.class, written)
                        .orElseThrow(() -> usage("--format = \"" + written + "\" is refused: it is one of "
                                + String.join(", ", new Formats()) + ".")));
    }

    /** What the library refuses, by the name of the option that it came from. */
    private void checked(Runnable attempt) {
        try {
            attempt.run();
        } catch (InvalidArgumentException e) {
            throw usage(String.valueOf(
                    e.at(OPTIONS.getOrDefault(e.argument(), e.argument())).getMessage()));
        }
    }

    private void print(MigrationForm form, List<MigrationFile> files, String plan) {
        List<Path> paths = stdout ? List.of() : folder.write(files);
        if (json) {
            List<Object> objects = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                objects.add(
                        stdout
                                ? Json.object(
                                        "name",
                                        files.get(i).name(),
                                        "content",
                                        files.get(i).content())
                                : Json.object(
                                        "name",
                                        files.get(i).name(),
                                        "path",
                                        paths.get(i).toString()));
            }
            output().data("{\"plan\":" + plan + ",\"files\":" + Json.write(objects) + "}");
        } else if (stdout) {
            for (MigrationFile one : files) {
                output().data((files.size() == 1 ? "" : form.comment() + one.name() + "\n")
                        + one.content().stripTrailing());
            }
        } else {
            paths.forEach(path -> output().text("Written: " + path));
        }
        if (files.isEmpty()) {
            output().message("Nothing to do, and no file was written.");
        }
    }
}
