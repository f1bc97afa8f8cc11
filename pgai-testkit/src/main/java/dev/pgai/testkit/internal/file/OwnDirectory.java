package dev.pgai.testkit.internal.file;

import dev.pgai.PgaiException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;

/**
 * This user's directory among everybody's, such as {@code /tmp/pgai-testkit-me}. Nobody else may write to it or read
 * it.
 */
public final class OwnDirectory {

    private OwnDirectory() {}

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
                    + ". Remove it, or choose another place by -Djava.io.tmpdir.");
        }
    }
}
