package dev.pgai.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The commands by their names. */
@Command(
        name = "pgai",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = PgaiCommand.Version.class,
        sortOptions = false,
        description = "Plans, applies and watches pgai vectorizers.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; for drift: there is none",
            "1:not done, and standard error says why",
            "2:drift (of the command drift alone)",
            "64:the arguments are wrong"
        },
        subcommands = {
            RenderCommand.class,
            CheckCommand.class,
            PlanCommand.class,
            ApplyCommand.class,
            DriftCommand.class,
            GenerateCommand.class,
            InspectCommand.class,
            RepairCommand.class,
            ReplaceCommand.class,
            ExportCommand.class,
            StatusCommand.class,
            ExclusionsCommand.class,
            InstallCommand.class,
            GenerateCompletion.class
        })
final class PgaiCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    @Nullable
    CommandSpec spec;

    PgaiCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    @Override
    public Integer call() {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        throw new ParameterException(commandLine, "Which command?");
    }

    /** From the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = PgaiCommand.class.getPackage().getImplementationVersion();
            return new String[] {"pgai for Java " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
