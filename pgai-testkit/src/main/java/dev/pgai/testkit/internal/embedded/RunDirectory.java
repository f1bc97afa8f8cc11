package dev.pgai.testkit.internal.embedded;

import dev.pgai.testkit.internal.file.FileTree;
import dev.pgai.testkit.internal.file.LiveMark;
import dev.pgai.testkit.internal.server.Tenancy;
import dev.pgai.testkit.internal.thread.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one server process: data and log. The directory has the name of a mark of its JVM: one whose mark was
 * left by a JVM that is gone was left, too, and so was a server that still runs in it.
 */
final class RunDirectory {

    private static final Logger log = LoggerFactory.getLogger(RunDirectory.class);
    private static final String KIND = "run-";

    /** A file beside the data; the time of its writing is that of the keeping. */
    private static final String KEPT = "kept";

    private static final long GRACE_MILLIS = 1_000;

    /** Each has data in memory. */
    private static final int MOST_KEPT = 3;

    private final Path directory;
    private final LiveMark mark;

    private RunDirectory(Path own, LiveMark mark) {
        this.directory = own.resolve(mark.name());
        this.mark = mark;
    }

    static RunDirectory create(Path own) throws IOException {
        RunDirectory run = new RunDirectory(own, LiveMark.create(own, KIND));
        Files.createDirectory(run.directory);
        return run;
    }

    Path directory() {
        return directory;
    }

    LiveMark mark() {
        return mark;
    }

    Path data() {
        return directory.resolve("data");
    }

    Path log() {
        return directory.resolve("log");
    }

    /** The mark goes last: without it the directory would be nobody's. */
    void delete() {
        try {
            FileTree.delete(directory);
            mark.delete();
        } catch (IOException e) {
            log.warn("Not deleted: {}: {}", directory, e.toString());
        }
    }

    /** Lets the server and its files outlive this JVM. */
    void keep() throws IOException {
        Files.writeString(directory.resolve(KEPT), "kept for people to look into");
    }

    boolean isKept() {
        return Files.exists(directory.resolve(KEPT));
    }

    /** The beginning of time when it was not kept. */
    private Instant keptAt() throws IOException {
        Path kept = directory.resolve(KEPT);
        return Files.exists(kept) ? Files.getLastModifiedTime(kept).toInstant() : Instant.EPOCH;
    }

    /** Ends servers that other JVMs left behind, killed or kept for long enough, and deletes their files. */
    static void sweep(Path own, Instant now) {
        List<Left> all = new ArrayList<>();
        try {
            for (LiveMark mark : LiveMark.left(own, KIND)) {
                RunDirectory run = new RunDirectory(own, mark);
                all.add(new Left(run, run.keptAt()));
            }
            all.sort(Comparator.comparing(Left::keptAt).reversed());
            for (int i = 0; i < all.size(); i++) {
                all.get(i).removeUnlessKept(i < MOST_KEPT, now);
            }
        } catch (IOException e) {
            log.warn("Test servers that were left behind in {} are still there: {}", own, e.toString());
        } finally {
            all.forEach(left -> left.run().mark.release());
        }
    }

    private record Left(RunDirectory run, Instant keptAt) {

        void removeUnlessKept(boolean amongTheNewest, Instant now) throws IOException {
            if (amongTheNewest && !keptAt.plus(Tenancy.KEPT).isBefore(now)) {
                return;
            }
            if (!run.isKept()) {
                // Its own watchdog may be at it, when the JVM has just ended.
                Pause.millis(GRACE_MILLIS);
            }
            if (Files.exists(run.directory)) {
                log.info("Removing a test server that was left behind: {}", run.directory);
                LeftServer.stop(run.data());
            }
            run.delete();
        }
    }
}
