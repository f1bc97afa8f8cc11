package dev.pgai.testkit.internal.file;

import dev.pgai.testkit.internal.thread.Pause;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A lock that all JVMs of the machine see. It is gone when the JVM that holds it is, however that ended.
 *
 * <p>A process that closes a file gives up all its locks on that file, also those that it took by another descriptor.
 * So nobody may so much as try a lock that this JVM may hold already.
 */
public final class LockFile implements Closeable {

    private final FileChannel channel;

    private LockFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for the lock; makes the file if need be. */
    public static LockFile take(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        while (true) {
            try {
                channel.lock();
                return new LockFile(channel);
            } catch (OverlappingFileLockException e) {
                // Held by another class loader's copy of this class.
                Pause.millis(20);
            }
        }
    }

    /** Null when another JVM holds the lock, or the file is gone. */
    public static @Nullable LockFile tryTake(Path file) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return null;
        }
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        return taken ? new LockFile(channel) : null;
    }

    /** Gives the lock back; the file stays. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
