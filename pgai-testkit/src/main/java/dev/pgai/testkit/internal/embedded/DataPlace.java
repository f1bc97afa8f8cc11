package dev.pgai.testkit.internal.embedded;

import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.file.OwnDirectory;
import dev.pgai.testkit.internal.setting.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the data of servers go: where the user says, else in memory, else beside the binaries. */
final class DataPlace {

    private static final Logger log = LoggerFactory.getLogger(DataPlace.class);
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ROOM = 1L << 30;

    private DataPlace() {}

    static Path choose(Path forBinaries) {
        return Settings.OF_THIS_JVM.choose(Settings.DATA, () -> inMemory().orElse(forBinaries), DataPlace::chosen);
    }

    private static Optional<Path> inMemory() {
        try {
            return memoryHasRoom() ? Optional.of(OwnDirectory.in(MEMORY)) : Optional.empty();
        } catch (IOException | PgaiException e) {
            log.debug("Not used: {}", MEMORY, e);
            return Optional.empty();
        }
    }

    private static boolean memoryHasRoom() throws IOException {
        return Files.isWritable(MEMORY)
                && Files.getFileStore(MEMORY).type().equals("tmpfs")
                && Files.getFileStore(MEMORY).getUsableSpace() >= ROOM;
    }

    private static Path chosen(String value) {
        try {
            Path directory = Path.of(value);
            if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
                throw notWritable(value, null);
            }
            return OwnDirectory.in(directory.toAbsolutePath());
        } catch (IOException | InvalidPathException e) {
            throw notWritable(value, e);
        }
    }

    private static PgaiException notWritable(String value, @Nullable Exception e) {
        return OwnDirectory.notWritable("'" + value + "'", e, "leave the choice of a place to the embedded server.");
    }
}
