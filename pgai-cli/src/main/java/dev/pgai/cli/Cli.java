package dev.pgai.cli;

import dev.pgai.PgaiException;
import dev.pgai.secret.Secrets;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program, with all that it gets from outside. */
public final class Cli {

    /** Done; for {@code drift}: there is none. */
    public static final int DONE = 0;

    /** Not done, and standard error says why. */
    public static final int ERROR = 1;

    /** The database is not what is desired. Of {@code drift} alone. */
    public static final int DRIFT = 2;

    /** The arguments are wrong, and nothing was tried. */
    public static final int USAGE = 64;

    private final Surroundings surroundings;

    /**
     * Takes what a process has.
     *
     * @param in standard input, read when a file is {@code -}
     * @param out where data goes
     * @param err where messages go
     * @param environment the variables of the environment
     * @param terminal who can be asked, or null
     */
    public Cli(
            InputStream in,
            PrintStream out,
            PrintStream err,
            Map<String, String> environment,
            @Nullable Terminal terminal) {
        surroundings =
                new Surroundings(in, new Output(out, err, isColoured(environment, terminal)), environment, terminal);
    }

    private static boolean isColoured(Map<String, String> environment, @Nullable Terminal terminal) {
        return terminal != null
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
    }

    /**
     * Runs one command.
     *
     * @param arguments the command and its options
     * @return the exit code: {@link #DONE}, {@link #ERROR}, {@link #DRIFT} or {@link #USAGE}
     */
    public int run(String... arguments) {
        Output output = surroundings.output();
        CommandLine commandLine = new CommandLine(new PgaiCommand(surroundings));
        commandLine
                .setOut(new PrintWriter(output.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(output.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(Help.defaultColorScheme(output.isColoured() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(BigDecimal.class, Cli::number)
                .setParameterExceptionHandler((e, args) -> usageError(e))
                .setExecutionExceptionHandler((e, command, parsed) -> failure(e));
        int code = commandLine.execute(arguments);
        return output.isBroken() && code == DONE ? ERROR : code;
    }

    private int usageError(ParameterException e) {
        surroundings.output().message("pgai: " + text(e));
        surroundings
                .output()
                .message("See: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return USAGE;
    }

    /** Picocli's own shows an exception of Java's. */
    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a number");
        }
    }

    /** What somebody typed may be a password in the wrong place: of it no more is shown than names of options. */
    private static String text(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return Secrets.url(String.valueOf(e.getMessage()));
        }
        List<String> options = unmatched.getUnmatched().stream()
                .filter(argument -> argument.startsWith("-"))
                .map(argument -> argument.replaceFirst("=.*", ""))
                .toList();
        String suggestions = unmatched.getSuggestions().stream().collect(Collectors.joining(", "));
        return (options.isEmpty()
                        ? "There is an argument too many, or a command that does not exist."
                        : "Unknown option: " + String.join(", ", options) + ".")
                + (suggestions.isEmpty() ? "" : " Possible: " + suggestions + ".");
    }

    private int failure(Exception e) {
        if (e instanceof PgaiException) {
            surroundings.output().message("pgai: " + e.getMessage());
        } else {
            surroundings.output().message("pgai: This is a fault of the program's own, please report it.");
            surroundings.output().trace(e);
        }
        return ERROR;
    }
}
