package dev.pgai.cli;

import dev.pgai.InvalidArgumentException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a command looks once, or again and again. */
final class WatchOption {

    @Option(
            names = "--watch",
            paramLabel = "SECONDS",
            description = "Shows it again and again, with so many seconds between, from 1.")
    @Nullable
    Integer seconds;

    boolean isGiven() {
        if (seconds != null && seconds < 1) {
            throw new InvalidArgumentException(
                    "--watch", seconds, "it must be 1 or more seconds", "Leave it out to look once.");
        }
        return seconds != null;
    }

    /** Shows something, and again while it says so, until nobody reads it any more or it is interrupted. */
    void run(Output output, BooleanSupplier show) {
        while (show.getAsBoolean() && seconds != null && !output.isBroken()) {
            try {
                TimeUnit.SECONDS.sleep(seconds);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
