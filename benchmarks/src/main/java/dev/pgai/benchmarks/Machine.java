package dev.pgai.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** On what was measured. */
final class Machine {

    private Machine() {}

    static String describe(String server, Settings settings) {
        return String.format(
                        Locale.ROOT,
                        "%s on %s, %d processors, %s. Java %s. %s.",
                        processor(),
                        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        memory(),
                        Runtime.version(),
                        server)
                + (settings.quick() ? " **A quick run: its figures say nothing.**" : "");
    }

    private static String processor() {
        return fromProc("/proc/cpuinfo", "model name").orElse("An unknown processor");
    }

    private static String memory() {
        return fromProc("/proc/meminfo", "MemTotal")
                .map(kilobytes ->
                        Math.round(Long.parseLong(kilobytes.replaceAll("[^0-9]", "")) / 1048576.0) + " GiB of memory")
                .orElse("memory unknown");
    }

    private static Optional<String> fromProc(String file, String key) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
