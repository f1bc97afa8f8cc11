package dev.pgai.cli;

import dev.pgai.InvalidArgumentException;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How long a command waits for others. */
final class WaitOption {

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long to wait for workers that are at the vectorizer, and for locks, from 0. Default:"
                    + " ${DEFAULT-VALUE}.")
    int seconds;

    Duration timeout() {
        if (seconds < 0) {
            throw new InvalidArgumentException("--wait", seconds, "it must be 0 or more", "Leave it out for 300.");
        }
        return Duration.ofSeconds(seconds);
    }
}
