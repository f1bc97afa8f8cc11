package dev.pgai.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM that runs {@link ForkedMain} with the choices and the class path of this one. */
final class ForkedJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private ForkedJvm(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    static ForkedJvm start(Path temporary, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ForkedMain.class.getName()));
        command.addAll(List.of(arguments));
        return new ForkedJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** What it says, until the line about what it left open. */
    Map<String, String> said() throws IOException {
        Map<String, String> said = new HashMap<>();
        while (!said.containsKey("open")) {
            String line = output.readLine();
            if (line == null) {
                throw new IOException("the forked JVM ended after " + said);
            }
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
