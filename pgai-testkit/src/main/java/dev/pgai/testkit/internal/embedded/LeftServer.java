package dev.pgai.testkit.internal.embedded;

import dev.pgai.testkit.internal.thread.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A server whose JVM is gone, found by the file in which PostgreSQL notes its process. */
public final class LeftServer {

    private static final Duration START_TOLERANCE = Duration.ofSeconds(30);
    private static final int SECONDS_TO_END = 10;

    private LeftServer() {}

    static long pid(Path data) throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    }

    static void stop(Path data) throws IOException {
        Path note = data.resolve("postmaster.pid");
        if (!Files.exists(note)) {
            return;
        }
        // Process id, data directory, time of start in seconds.
        List<String> lines = Files.readAllLines(note);
        if (lines.size() < 3) {
            return;
        }
        Instant start = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
        Optional<ProcessHandle> process = ProcessHandle.of(
                        Long.parseLong(lines.get(0).strip()))
                .filter(candidate -> isServer(candidate.info(), data, start));
        if (process.isPresent()) {
            end(process.get(), note);
        }
    }

    /** The process id may be another program's by now. */
    private static boolean isServer(ProcessHandle.Info process, Path data, Instant start) {
        Optional<String[]> arguments = process.arguments();
        if (arguments.isPresent()) {
            return Arrays.asList(arguments.get()).contains(data.toString());
        }
        // Windows does not tell the arguments.
        return process.command().filter(command -> command.contains("postgres")).isPresent()
                && process.startInstant()
                        .filter(actual -> Duration.between(actual, start).abs().compareTo(START_TOLERANCE) < 0)
                        .isPresent();
    }

    /** At once: what it has is deleted anyway. */
    private static void quit(ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid())).start();
        } catch (IOException e) {
            process.destroy();
        }
    }

    /** The server removes its note when it ends. Its process may stay listed, where nobody asks for its exit code. */
    private static void end(ProcessHandle process, Path note) {
        quit(process);
        Instant limit = Instant.now().plusSeconds(SECONDS_TO_END);
        while (Files.exists(note) && process.isAlive()) {
            if (Instant.now().isAfter(limit)) {
                process.destroyForcibly();
                return;
            }
            Pause.millis(20);
        }
    }
}
