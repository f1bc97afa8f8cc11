package dev.pgai.testkit.internal.file;

import dev.pgai.PgaiException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * This user's directory among everybody's, such as {@code /tmp/pgai-testkit-me}. Nobody else may write to it or read
 * it.
 */
public final class OwnDirectory {

    private OwnDirectory() {}

    /**
     * In the directory for temporary files of this JVM.
     *
     * @throws PgaiException when that cannot be written to, or ours in it is another user's
     */
    public static Path inTemporary() {
        String temporary = System.getProperty("java.io.tmpdir");
        try {
            return in(Path.of(temporary));
        } catch (IOException | InvalidPathException e) {
            throw notWritable("System property java.io.tmpdir: '" + temporary + "'", e, "choose another.");
        }
    }

    /**
     * For a place that somebody has chosen.
     *
     * @param place for people, in quotes
     * @param hint goes on after "Make it one, or"
     */
    public static PgaiException notWritable(String place, @Nullable Exception e, String hint) {
        return new PgaiException(
                place + " is not a directory that can be written to" + (e == null ? "" : ": " + e)
                        + ". Make it one, or " + hint,
                e);
    }

    public static Path in(Path everybodys) throws IOException {
        String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9._-]", "_");
        Path directory = everybodys.resolve("pgai-testkit-" + user);
        try {
            Files.createDirectory(directory, ownerOnly(everybodys));
        } catch (FileAlreadyExistsException e) {
            requireOwn(directory, everybodys);
        }
        return directory;
    }

    private static FileAttribute<?>[] ownerOnly(Path everybodys) {
        if (!everybodys.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        };
    }

    /** We run programs from here: they must not be ones that another user put there. */
    private static void requireOwn(Path directory, Path everybodys) throws IOException {
        Path mine = Files.createTempFile(everybodys, "pgai-testkit", null);
        UserPrincipal me;
        try {
            me = Files.getOwner(mine);
        } finally {
            Files.delete(mine);
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                || !Files.getOwner(directory).equals(me)) {
            throw new PgaiException(directory + " is not a directory of user " + me.getName()
                    + ". Remove it, or choose another place than " + everybodys + ".");
        }
    }
}
