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
 * stand-in, shared by all JVMs of the user and kept for the next. Beside it is the cluster that the binaries made.
 *
 * <p>A mark that is written last, and says how much there is, tells a whole directory from what a killed JVM left or
 * what lost a file; what is not whole is unpacked anew.
 */
final class PostgresBinaries {

    private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);
    private static final String PREFIX = "postgres-";
    private static final String COMPLETE = ".complete";

    /** To be raised when something else is kept. */
    private static final String LAYOUT = "2";

    private static final Duration KEPT_UNUSED = Duration.ofDays(2);

    interface Source {
        void unpack(Path directory) throws IOException;
    }

    private final Source source;
    private final Path directory;
    private final Path lockFile;
    private final Path mark;

    static PostgresBinaries of(PostgresArchive archive, Path own) throws IOException {
        String name = PREFIX
                + new Digest()
                        .add(LAYOUT)
                        .add(archive.key())
                        .add(VectorStandin.digest())
                        .hex();
        return new PostgresBinaries(archive::unpack, own.resolve(name));
    }

    PostgresBinaries(Source source, Path directory) {
        this.source = source;
        this.directory = directory;
        this.lockFile = beside(".lock");
        this.mark = beside(COMPLETE);
    }

    /** Where a cluster is to be kept that these binaries made. */
    Path clusters() {
        return beside(".cluster");
    }

    private Path beside(String suffix) {
        return directory.resolveSibling(directory.getFileName() + suffix);
    }

    /** The directory that has {@code bin} in it, whole. */
    Path ready() throws IOException {
        if (!complete()) {
            LockFile lock = LockFile.take(lockFile);
            try (lock) {
                if (!complete()) {
                    unpack();
                }
            }
        }
        return directory;
    }

    /** The same, when what is there does not work although it seems whole. */
    Path anew() throws IOException {
        LockFile lock = LockFile.take(lockFile);
        try (lock) {
            unpack();
        }
        return directory;
    }

    private void unpack() throws IOException {
        deleteUnused();
        Files.deleteIfExists(mark);
        FileTree.delete(clusters());
        FileTree.delete(directory);
        Files.createDirectory(directory);
        source.unpack(directory);
        VectorStandin.place(directory);
        Files.writeString(mark, FileTree.size(directory));
    }

    private boolean complete() throws IOException {
        if (!Files.exists(mark) || !Files.exists(directory)) {
            return false;
        }
        Files.setLastModifiedTime(mark, FileTime.from(Instant.now()));
        return Files.readString(mark).equals(FileTree.size(directory));
    }

    private void deleteUnused() throws IOException {
        Instant limit = Instant.now().minus(KEPT_UNUSED);
        List<Path> marks;
        try (Stream<Path> all = Files.list(directory.getParent())) {
            marks = all.filter(file -> file.getFileName().toString().endsWith(COMPLETE))
                    .toList();
        }
        for (Path other : marks) {
            if (Files.getLastModifiedTime(other).toInstant().isBefore(limit)) {
                String name = other.getFileName().toString();
                log.debug("Deleting {}, unused for {}", name, KEPT_UNUSED);
                Files.delete(other);
                PostgresBinaries unused = new PostgresBinaries(
                        source, other.resolveSibling(name.substring(0, name.length() - COMPLETE.length())));
                FileTree.delete(unused.clusters());
                FileTree.delete(unused.directory);
            }
        }
    }
}
