package dev.pgai.cli;

import dev.pgai.PgaiException;
import dev.pgai.plan.migration.MigrationFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where files go: all of them, or none. */
final class FolderOptions {

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description =
                    "Where files are written, below it where a file belongs to a package. It must be there. No file"
                            + " that is there is overwritten.")
    @Nullable
    String directory;

    boolean isGiven() {
        return directory != null;
    }

    /** Before anything else is done. */
    void require() {
        Path unused = folder();
    }

    /**
     * Writes files that are not there yet, and returns their paths. What was written before a failure is taken away.
     */
    List<Path> write(List<MigrationFile> files) {
        Path folder = folder();
        List<Path> made = new ArrayList<>();
        List<Path> written = new ArrayList<>();
        try {
            for (MigrationFile file : files) {
                Path path = folder.resolve(file.name());
                createFolders(path.getParent(), made);
                create(path, file.content(), made);
                written.add(path);
            }
            return written;
        } catch (IOException | PgaiException e) {
            takeAway(made, e);
            throw e instanceof PgaiException refused
                    ? refused
                    : new PgaiException("Cannot write into " + folder + ": " + reason(e) + ". Nothing was written.", e);
        }
    }

    /** Of some exceptions the message is the name of a file alone. */
    private static String reason(Exception e) {
        if (e instanceof AccessDeniedException denied) {
            return "there is no right to write " + denied.getFile();
        }
        return e instanceof FileAlreadyExistsException file
                ? file.getFile() + " is no directory"
                : String.valueOf(e.getMessage());
    }

    private Path folder() {
        String given = directory == null ? "" : directory;
        try {
            Path folder = Path.of(given);
            if (Files.isDirectory(folder)) {
                return folder;
            }
        } catch (InvalidPathException e) {
            throw new PgaiException("--directory = " + given + " is refused: " + e.getReason() + ".", e);
        }
        throw new PgaiException(
                "--directory = " + given + " is refused: there is no such directory. Make it, or name another.");
    }

    private static void createFolders(@Nullable Path folder, List<Path> made) throws IOException {
        if (folder != null && !folder.toString().isEmpty() && !Files.isDirectory(folder)) {
            createFolders(folder.getParent(), made);
            Files.createDirectory(folder);
            made.add(folder);
        }
    }

    private static void create(Path path, String content, List<Path> made) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try {
            Files.write(path, new byte[0], StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new PgaiException(
                    path
                            + " is there already, and is not overwritten. Nothing was written. Take it away, or give another"
                            + " name or version.",
                    e);
        }
        made.add(path);
        Files.write(path, bytes);
    }

    private static void takeAway(List<Path> made, Exception reason) {
        Collections.reverse(made);
        for (Path path : made) {
            try {
                Files.delete(path);
            } catch (IOException e) {
                reason.addSuppressed(e);
            }
        }
    }
}
