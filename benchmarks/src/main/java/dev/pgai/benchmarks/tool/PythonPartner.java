package dev.pgai.benchmarks.tool;

import dev.pgai.benchmarks.Settings;
import dev.pgai.testkit.TestDatabase;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A Python with pgai and Alembic that does as it is told, and stays, so that its start does not count. */
final class PythonPartner implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;
    private final String version;

    PythonPartner(Settings settings, TestDatabase database) throws IOException {
        Path folder = Files.createTempDirectory(settings.work(), "alembic");
        Path script = folder.resolve("partner.py");
        try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream("alembic_partner.py"))) {
            Files.copy(file, script);
        }
        ProcessBuilder builder = new ProcessBuilder(
                "python3",
                script.toString(),
                folder.resolve("migrations").toString(),
                "postgresql+psycopg://" + database.user() + ":" + database.password() + "@" + database.host() + ":"
                        + database.port() + "/" + database.name());
        builder.environment().put("PYTHONPATH", settings.python().orElseThrow().toString());
        process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        output = process.inputReader();
        input = process.outputWriter();
        version = read().replace("ready ", "");
    }

    private String read() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("Python has ended: see what it said before");
        }
        return line;
    }

    /** Of Python. */
    String version() {
        return version;
    }

    /** Does one of the script's actions; returns what it took in milliseconds. */
    double millis(String action, Object argument) throws IOException {
        input.write(action + " " + argument + "\n");
        input.flush();
        return Double.parseDouble(read());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
