package dev.pgai.testkit.internal.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A server that somebody else runs: without the stand-in for pgvector. */
public final class PlainServer implements AutoCloseable {

    private final PostgresProcess process;
    private final Path control;

    private PlainServer(PostgresProcess process, Path control) {
        this.process = process;
        this.control = control;
    }

    public static PlainServer start(Path directory) throws IOException {
        PostgresBinaries binaries = PostgresBinaries.of(PostgresArchive.find(), directory);
        PostgresProcess process = PostgresProcess.start(binaries, directory);
        Path control = vectorControl(binaries.ready());
        Files.delete(control);
        return new PlainServer(process, control);
    }

    private static Path vectorControl(Path postgres) throws IOException {
        try (Stream<Path> files = Files.walk(postgres)) {
            return files.filter(file -> file.endsWith("vector.control"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    public String url() {
        return process.access().url("postgres");
    }

    /** All that PostgreSQL needs to list an extension. */
    public void offerVector(String version) throws IOException {
        Files.writeString(control, "default_version = '" + version + "'");
    }

    @Override
    public void close() throws IOException {
        process.stop();
    }
}
