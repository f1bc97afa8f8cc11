package dev.pgai.cli;

import dev.pgai.InvalidArgumentException;
import dev.pgai.database.AppliedChange;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What each command has. */
abstract class CliCommand implements Callable<Integer> {

    @Spec
    @Nullable
    CommandSpec spec;

    /** Does what the command is for, and returns the exit code. */
    abstract int run();

    @Override
    public final Integer call() {
        return run();
    }

    final Surroundings surroundings() {
        return ((PgaiCommand) Objects.requireNonNull(spec).root().userObject()).surroundings();
    }

    final Output output() {
        return surroundings().output();
    }

    /** What is made of an argument; what is refused is the caller's mistake. */
    final <T> T argument(Supplier<T> made) {
        try {
            return made.get();
        } catch (InvalidArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    /** For people. */
    final void printApplied(List<AppliedChange> applied) {
        for (AppliedChange done : applied) {
            output().text((done.changed() ? "Done: " : "Was so already: ") + done.change());
            done.warnings().forEach(warning -> output().message("WARNING " + warning));
        }
    }

    final ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
