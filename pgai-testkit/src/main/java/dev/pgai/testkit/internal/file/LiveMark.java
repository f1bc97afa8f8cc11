package dev.pgai.testkit.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that this JVM keeps locked as long as it lives. A mark whose lock is free was left by a JVM that was killed,
 * and so was what carries its name.
 */
public final class LiveMark {

    private static final Logger log = LoggerFactory.getLogger(LiveMark.class);
    private static final String SUFFIX = ".lock";

    private final Path file;
    private final LockFile lock;

    private LiveMark(Path file, LockFile lock) {
        this.file = file;
        this.lock = lock;
    }

    /**
     * Makes a mark.
     *
     * @param kind the start of its name
     */
    public static LiveMark create(Path directory, String kind) throws IOException {
        while (true) {
            Path file = directory.resolve(prefixOfThisJvm(kind) + UUID.randomUUID() + SUFFIX);
            LockFile lock = LockFile.take(file);
            // Between its creation and its locking another JVM may have taken it for a leftover.
            if (Files.exists(file)) {
                return new LiveMark(file, lock);
            }
            lock.close();
        }
    }

    /** The marks of JVMs that are gone, each to be deleted or released. */
    public static List<LiveMark> left(Path directory, String kind) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> {
                        String name = file.getFileName().toString();
                        // The locks of this JVM must not be tried.
                        return name.startsWith(kind)
                                && name.endsWith(SUFFIX)
                                && !name.startsWith(prefixOfThisJvm(kind));
                    })
                    .toList();
        }
        List<LiveMark> left = new ArrayList<>();
        for (Path file : files) {
            LockFile lock = LockFile.tryTake(file);
            if (lock != null) {
                left.add(new LiveMark(file, lock));
            }
        }
        return left;
    }

    private static String prefixOfThisJvm(String kind) {
        return kind + ProcessHandle.current().pid() + "-";
    }

    public Path file() {
        return file;
    }

    /** Unique on this machine. */
    public String name() {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /** Gives the lock back; the mark stays for another JVM to find. */
    public void release() {
        try {
            lock.close();
        } catch (IOException e) {
            log.debug("Not released: {}", file, e);
        }
    }

    /** To be called when what carries the name is gone: without the mark it would be nobody's. */
    public void delete() throws IOException {
        try (lock) {
            Files.deleteIfExists(file);
        }
    }
}
