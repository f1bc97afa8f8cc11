package dev.pgai.testkit.internal.embedded;

import dev.pgai.testkit.internal.file.Digest;
import dev.pgai.testkit.internal.file.FileTree;
import dev.pgai.testkit.internal.file.LockFile;
import dev.pgai.testkit.internal.standin.VectorStandin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where an archive is unpacked, with the stand-in for pgvector put into it: one directory for each pair of archive and
 * stand-in, shared by all JVMs of the user and kept for the next.
 *
 * <p>Unpacking skips files that exist, so a half-written file of a killed JVM would stay. A mark that is written last,
 * and holds the number of files, tells a whole directory from any other; what is not whole is unpacked anew.
 */
public final class PostgresBinaries {

    private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);
    private static final String PREFIX = "postgres-";

    /** To be raised when something else is kept in the directory. */
    private static final String LAYOUT = "1";

    private static final Duration KEPT_UNUSED = Duration.ofDays(2);

    private final Path directory;
    private final Path lockFile;
    private final Path mark;

    PostgresBinaries(Path own, PostgresArchive archive) throws IOException {
        String name = PREFIX
                + new Digest()
                        .add(LAYOUT)
                        .add(archive.key())
                        .add(VectorStandin.digest())
                        .hex();
        this.directory = own.resolve(name);
        this.lockFile = own.resolve(name + ".lock");
        this.mark = own.resolve(name + ".complete");
    }

    interface Starter<T> {
        /** Unpacks into the directory what is not there yet, and starts a server from it. */
        T start(Path directory) throws IOException;
    }

    <T> T start(Starter<T> starter) throws IOException {
        if (complete()) {
            return starter.start(directory);
        }
        LockFile lock = LockFile.take(lockFile);
        try (lock) {
            if (complete()) {
                return starter.start(directory);
            }
            deleteUnused();
            Files.deleteIfExists(mark);
            FileTree.delete(directory);
            Files.createDirectory(directory);
            T started = starter.start(directory);
            finish();
            return started;
        }
    }

    private void finish() throws IOException {
        Path postgres = postgres();
        VectorStandin.place(postgres);
        // The library compares the times of this file and its neighbours, and would unpack again on a slow machine.
        Path exists = postgres.resolve(".exists");
        if (Files.exists(exists)) {
            Files.setLastModifiedTime(exists, FileTime.from(Instant.now()));
        }
        Files.writeString(mark, Long.toString(FileTree.files(directory)));
    }

    private boolean complete() throws IOException {
        if (!Files.exists(mark) || !Files.exists(directory)) {
            return false;
        }
        Files.setLastModifiedTime(mark, FileTime.from(Instant.now()));
        return Files.readString(mark).equals(Long.toString(FileTree.files(directory)));
    }

    /** The library that unpacks names the directory after the archive's digest. */
    private Path postgres() throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(child -> Files.exists(child.resolve("share")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("nothing was unpacked into " + directory));
        }
    }

    private void deleteUnused() throws IOException {
        Instant limit = Instant.now().minus(KEPT_UNUSED);
        List<Path> marks;
        try (Stream<Path> all = Files.list(directory.getParent())) {
            marks = all.filter(file -> file.getFileName().toString().endsWith(".complete"))
                    .toList();
        }
        for (Path other : marks) {
            if (Files.getLastModifiedTime(other).toInstant().isBefore(limit)) {
                String name = other.getFileName().toString();
                log.debug("Deleting {}, unused for {}", name, KEPT_UNUSED);
                Files.delete(other);
                FileTree.delete(other.resolveSibling(name.substring(0, name.length() - ".complete".length())));
            }
        }
    }
}
