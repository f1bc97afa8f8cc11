package dev.pgai.benchmarks;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.pgai.testkit.TestCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/**
 * Measures what a test database costs, in memory and on disk, beside a fresh embedded server for each test, a catalog
 * that is installed for each test, and a container for each test class; prints a table, and whether the targets are
 * reached.
 *
 * <pre>{@code
 * PGAI_TEST_CATALOG=pgai-0.12.1-py3-none-any.whl mvn -q -B compile exec:exec -pl benchmarks -am
 * }</pre>
 *
 * <p>Without a wheel the catalog is the stand-in, and there is no row for installing it. Without a Docker engine that
 * has the image {@code pgvector/pgvector:pg17} there are no rows for containers. Properties: {@code figures.tests}
 * (100), {@code figures.starts} (5), {@code figures.memory} ({@code /dev/shm}), {@code figures.disk} (below
 * {@code target}).
 */
public final class Figures {

    private static final int ATTEMPTS_TO_DELETE = 10;
    private static final double FIRST_TARGET = 1500;

    private final int tests = Integer.getInteger("figures.tests", 100);
    private final int starts = Integer.getInteger("figures.starts", 5);
    private final Path disk;
    private final Place inMemory;
    private final Place onDisk;

    /** A kind of storage and what was measured there. */
    private record Place(String name, Path data, String container, double target, Times times) {}

    private Figures() throws IOException {
        disk = Files.createTempDirectory(Path.of(System.getProperty("figures.disk")), "figures");
        Path memory = Files.createTempDirectory(Path.of(System.getProperty("figures.memory")), "figures");
        inMemory = new Place("memory", memory, Measurement.CONTAINER_IN_MEMORY, 20, new Times());
        onDisk = new Place("disk", disk, Measurement.CONTAINER, 100, new Times());
    }

    /**
     * Measures and prints.
     *
     * @param arguments none
     * @throws Exception when a measurement fails
     */
    public static void main(String[] arguments) throws Exception {
        Figures figures = new Figures();
        try {
            figures.measure();
            figures.print();
        } finally {
            delete(figures.inMemory.data());
            delete(figures.disk);
        }
    }

    /** The wheel that was chosen, or an empty text. */
    static String wheel() {
        String variable = System.getenv().getOrDefault("PGAI_TEST_CATALOG", "");
        String value = System.getProperty(TestCatalog.KEY, variable);
        return value.endsWith(".whl") ? value : "";
    }

    private void measure() throws IOException, InterruptedException {
        String about = "";
        boolean docker = hasDocker();
        if (!docker) {
            System.err.println("no Docker engine that has " + Measurement.IMAGE + ": no rows for containers");
        }
        if (wheel().isEmpty()) {
            System.err.println("no wheel is chosen by " + TestCatalog.KEY + ": no rows for installing it");
        }
        for (Place place : List.of(inMemory, onDisk)) {
            System.err.println("measuring with data in " + place.name() + ": " + place.data());
            // What was unpacked for the last cold start is there for the warm ones.
            Path temporary = disk;
            Times cold = new Times();
            for (int i = 0; i < starts; i++) {
                temporary = Files.createTempDirectory(disk, "tmp");
                about = new Jvm(temporary, place.data(), "embedded").run(cold, Measurement.FIRST, 1);
            }
            place.times().add("cold", cold.median(Measurement.FIRST));
            Jvm embedded = new Jvm(temporary, place.data(), "embedded");
            for (int i = 0; i < starts; i++) {
                embedded.run(place.times(), Measurement.FIRST, 1);
            }
            embedded.run(place.times(), Measurement.TESTS, tests);
            Times atOnce = new Times();
            embedded.run(atOnce, Measurement.TESTS_AT_ONCE, tests);
            place.times().add("all at once", atOnce.median("all"));
            embedded.run(place.times(), Measurement.FRESH_SERVER, starts);
            if (!wheel().isEmpty()) {
                embedded.run(place.times(), Measurement.INSTALL, tests);
            }
            if (docker && !wheel().isEmpty()) {
                embedded.run(place.times(), place.container(), starts);
            }
        }
        if (docker) {
            System.err.println("measuring on a container");
            Times container = new Times();
            new Jvm(disk, disk, "testcontainers").run(container, Measurement.TESTS, tests);
            inMemory.times().add("test on a container", container.median("test"));
        }
        System.out.printf(
                "%n%s. %d processors, Java %s, %s %s.%n",
                about,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"));
        System.out.printf(
                "Medians in milliseconds, of %d tests and of %d starts of a JVM, server or container.%n%n",
                tests, starts);
    }

    private static boolean hasDocker() {
        DockerClientFactory docker = DockerClientFactory.instance();
        if (!docker.isDockerAvailable()) {
            return false;
        }
        try {
            docker.client().inspectImageCmd(Measurement.IMAGE).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private void print() {
        System.out.printf(
                "| | %s | of a test | %s | of a test |%n|---|--:|--:|--:|--:|%n", inMemory.name(), onDisk.name());
        row("first database of a JVM, binaries not unpacked yet", "cold");
        row("first database of a JVM", Measurement.FIRST);
        row("**a test: create, connect, first query**", "test");
        row("create", "create");
        row("connect", "connect");
        row("first query", "query");
        row(tests + " tests, one after the other", "all");
        row(tests + " tests, " + Measurement.AT_ONCE + " at a time", "all at once");
        row("a test on a container's server", "test on a container");
        row("instead: a fresh embedded server for each test, without pgai", Measurement.FRESH_SERVER);
        row("instead: the catalog installed for each test", Measurement.INSTALL);
        row("instead: a container for each test class", Measurement.CONTAINER);
        System.out.println();
        for (Place place : List.of(inMemory, onDisk)) {
            target("first database, " + place.name(), place.times().median(Measurement.FIRST), FIRST_TARGET);
            target("a test, " + place.name(), place.times().median("test"), place.target());
        }
    }

    private void row(String what, String name) {
        if (inMemory.times().has(name) || onDisk.times().has(name)) {
            System.out.println("| " + what + " | " + cells(inMemory, name) + " | " + cells(onDisk, name) + " |");
        }
    }

    private static String cells(Place place, String name) {
        if (!place.times().has(name)) {
            return " | ";
        }
        double millis = place.times().median(name);
        return String.format(
                Locale.ROOT,
                millis < 100 ? "%,.1f | %,.1f×" : "%,.0f | %,.1f×",
                millis,
                millis / place.times().median("test"));
    }

    private static void target(String what, double millis, double target) {
        System.out.printf(
                Locale.ROOT,
                "%s: %,.1f ms, %s the target of %,.0f ms%n",
                what,
                millis,
                millis <= target ? "within" : "MISSES",
                target);
    }

    /** What watches over a server may still delete files of it, too. */
    private static void delete(Path directory) throws IOException {
        for (int attempts = 0; Files.exists(directory); attempts++) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (DirectoryNotEmptyException | UncheckedIOException e) {
                if (attempts == ATTEMPTS_TO_DELETE) {
                    throw e;
                }
            }
        }
    }
}
