package dev.pgai.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A JVM that runs {@link ForkedMain} with the choices and the class path of this one. */
final class ForkedJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private ForkedJvm(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    static ForkedJvm start(Path temporary, List<String> options, String... arguments) throws IOException {
        return start(temporary, options, Map.of(), arguments);
    }

    /** With another environment. The options may have another class path. */
    static ForkedJvm start(Path temporary, List<String> options, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-cp", System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(ForkedMain.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new ForkedJvm(builder.start());
    }

    /** All that it says until it ends. */
    String output() {
        return output.lines().collect(Collectors.joining("\n"));
    }

    /** What it says, until the line about what it left open. */
    Map<String, String> said() throws IOException {
        Map<String, String> said = new HashMap<>();
        List<String> lines = new ArrayList<>();
        while (!said.containsKey("open")) {
            String line = output.readLine();
            if (line == null) {
                throw new IOException("the forked JVM ended after\n" + String.join("\n", lines));
            }
            lines.add(line);
            int space = line.indexOf(' ');
            if (space > 0) {
                said.put(line.substring(0, space), line.substring(space + 1));
            }
        }
        return said;
    }

    void awaitEnd() throws InterruptedException, IOException {
        while (output.readLine() != null) {
            // The log.
        }
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("the forked JVM did not end well: " + process);
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
