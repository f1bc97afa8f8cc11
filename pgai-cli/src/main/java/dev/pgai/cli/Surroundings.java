package dev.pgai.cli;

import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a command gets from outside. */
record Surroundings(
        InputStream in,
        Output output,
        Map<String, String> environment,
        @Nullable Terminal terminal) {

    /** A variable that is set to nothing is not set. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** Whom to ask: nobody in CI, also where that has a terminal. */
    Optional<Terminal> asked() {
        boolean ci = variable("CI").filter(value -> !value.equals("false")).isPresent();
        return ci ? Optional.empty() : Optional.ofNullable(terminal);
    }
}
