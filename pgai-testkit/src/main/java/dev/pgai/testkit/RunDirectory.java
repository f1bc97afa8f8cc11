package dev.pgai.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one server process: data and log. Beside the directory is a lock that its JVM holds as long as it lives:
 * a directory whose lock is free was left by a JVM that was killed, and so was a server that still runs in it.
 */
final class RunDirectory {

    private static final Logger log = LoggerFactory.getLogger(TestServer.class);
    private static final String PREFIX = "run-";

    /** By it a JVM knows its own: it must not try their locks. */
    private static final String PREFIX_OF_THIS_JVM =
            PREFIX + ProcessHandle.current().pid() + "-";

    private static final String LOCK = ".lock";

    /** A file beside the data; the time of its writing is that of the keeping. */
    private static final String KEPT = "kept";

    /** Each has data in memory. */
    private static final int MOST_KEPT = 3;

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ROOM = 1L << 30;

    private final Path directory;
    private final LockFile lock;

    private RunDirectory(Path directory, LockFile lock) {
        this.directory = directory;
        this.lock = lock;
    }

    static RunDirectory create(Path own) throws IOException {
        while (true) {
            Path directory = own.resolve(PREFIX_OF_THIS_JVM + UUID.randomUUID());
            Path lockFile = lockOf(directory);
            LockFile lock = LockFile.take(lockFile);
            // Between its creation and its locking another JVM may have taken it for a leftover.
            if (Files.exists(lockFile)) {
                Files.createDirectory(directory);
                return new RunDirectory(directory, lock);
            }
            lock.close();
        }
    }

    /** A place in memory, where the machine has one with enough room. */
    static Optional<Path> placeInMemory() {
        try {
            return memoryHasRoom() ? Optional.of(OwnDirectory.in(MEMORY)) : Optional.empty();
        } catch (IOException | TestkitException e) {
            log.debug("Not used: {}", MEMORY, e);
            return Optional.empty();
        }
    }

    private static boolean memoryHasRoom() throws IOException {
        return Files.isWritable(MEMORY)
                && Files.getFileStore(MEMORY).type().equals("tmpfs")
                && Files.getFileStore(MEMORY).getUsableSpace() >= ROOM;
    }

    Path data() {
        return directory.resolve("data");
    }

    Path log() {
        return directory.resolve("log");
    }

    void delete() {
        delete(directory, lock);
    }

    /** Lets the server and its files outlive this JVM. */
    void keep() throws IOException {
        Files.writeString(directory.resolve(KEPT), "kept for people to look into");
    }

    /** Ends servers that other JVMs left behind, killed or kept for long enough, and deletes their files. */
    static void sweep(Path own, Instant now) {
        List<Left> all = new ArrayList<>();
        try {
            for (Path lockFile : locksOfOthers(own)) {
                LockFile lock = LockFile.tryTake(lockFile);
                if (lock != null) {
                    String name = lockFile.getFileName().toString();
                    all.add(Left.in(own.resolve(name.substring(0, name.length() - LOCK.length())), lock));
                }
            }
            all.sort(Comparator.comparing(Left::keptAt).reversed());
            for (int i = 0; i < all.size(); i++) {
                all.get(i).removeUnlessKept(i < MOST_KEPT, now);
            }
        } catch (IOException e) {
            log.warn("Test servers that were left behind in {} are still there: {}", own, e.toString());
        } finally {
            all.forEach(Left::unlock);
        }
    }

    private static List<Path> locksOfOthers(Path own) throws IOException {
        try (Stream<Path> files = Files.list(own)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith(PREFIX) && !name.startsWith(PREFIX_OF_THIS_JVM) && name.endsWith(LOCK);
                    })
                    .toList();
        }
    }

    /** @param keptAt the beginning of time when it was not kept */
    private record Left(Path directory, LockFile lock, Instant keptAt) {

        static Left in(Path directory, LockFile lock) throws IOException {
            Path kept = directory.resolve(KEPT);
            return new Left(
                    directory,
                    lock,
                    Files.exists(kept) ? Files.getLastModifiedTime(kept).toInstant() : Instant.EPOCH);
        }

        void removeUnlessKept(boolean amongTheNewest, Instant now) throws IOException {
            if (!amongTheNewest || keptAt.plus(Tenancy.KEPT).isBefore(now)) {
                log.info("Removing a test server that was left behind: {}", directory);
                LeftServer.stop(directory.resolve("data"));
                delete(directory, lock);
            }
        }

        void unlock() {
            try {
                lock.close();
            } catch (IOException e) {
                log.debug("Not closed: the lock of {}", directory, e);
            }
        }
    }

    /** The lock's file goes last: without it the directory would be nobody's. */
    private static void delete(Path directory, LockFile lock) {
        try (lock) {
            FileTree.delete(directory);
            Files.deleteIfExists(lockOf(directory));
        } catch (IOException e) {
            log.warn("Not deleted: {}: {}", directory, e.toString());
        }
    }

    private static Path lockOf(Path directory) {
        return directory.resolveSibling(directory.getFileName() + LOCK);
    }
}
