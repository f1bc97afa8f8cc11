package dev.pgai.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "replace",
        description = {
            "Replaces the embeddings of a vectorizer by those of another model, or of other dimensions, while the ones that"
                    + " are there serve: start, then a worker for the second vectorizer, status, complete."
        },
        subcommands = {
            ReplaceStartCommand.class,
            ReplaceStatusCommand.class,
            ReplaceCompleteCommand.class,
            ReplaceAbortCommand.class
        })
final class ReplaceCommand implements Callable<Integer> {

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "Which one: start, status, complete or abort?");
    }
}
