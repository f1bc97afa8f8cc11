package dev.pgai.benchmarks;

import dev.pgai.testkit.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Measurement} in a JVM of its own.
 *
 * @param temporary what is unpacked once goes there
 * @param data where the data of embedded servers go
 * @param server the server of the testkit, see {@link TestServer}
 */
record Jvm(Path temporary, Path data, String server) {

    /** Runs it, and adds what it took; returns what it said of itself, or an empty text. */
    String run(Times times, String measurement, int count) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-D" + TestServer.KEY + "=" + server,
                        "-D" + TestServer.DATA_KEY + "=" + data,
                        "-classpath",
                        System.getProperty("java.class.path"),
                        Measurement.class.getName(),
                        measurement,
                        Integer.toString(count))
                .redirectErrorStream(true)
                .start();
        List<String> lines = new ArrayList<>();
        String about = "";
        try (BufferedReader output = process.inputReader()) {
            String line;
            while ((line = output.readLine()) != null) {
                times.read(line);
                lines.add(line);
                if (line.startsWith("on ")) {
                    about = line.substring("on ".length());
                }
            }
        } finally {
            process.destroy();
        }
        if (process.waitFor() != 0) {
            throw new IOException(measurement + " failed:\n" + String.join("\n", lines));
        }
        return about;
    }
}
