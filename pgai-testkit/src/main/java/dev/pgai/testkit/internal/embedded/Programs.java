package dev.pgai.testkit.internal.embedded;

import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.server.ServerAccess;
import dev.pgai.testkit.internal.setting.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs. They refuse to run as root; where Linux allows it, root becomes nobody for them.
 *
 * @param directory has {@code bin} in it
 */
record Programs(Path directory) {

    private static final long LIMIT_SECONDS = 120;
    private static final boolean WINDOWS = File.separatorChar == '\\';

    /**
     * Runs a program to its end.
     *
     * @param output where its output goes, behind what is there
     * @throws IOException when it fails; the message is what it said
     */
    void run(Path output, String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix());
        command.add(directory
                .resolve("bin")
                .resolve(WINDOWS ? program + ".exe" : program)
                .toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        // What the user has set for servers of another kind.
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PG") && !variable.startsWith("PGAI"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(program + " did not end within " + LIMIT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(program + " was interrupted", e);
        } finally {
            process.destroy();
        }
        if (process.exitValue() != 0) {
            throw new IOException(program + " ended with " + process.exitValue() + ": " + text(output));
        }
    }

    static String text(Path log) throws IOException {
        return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip() : "";
    }

    private static List<String> prefix() throws IOException {
        if (!isRoot()) {
            return List.of();
        }
        List<String> unshare = List.of("unshare", "-U");
        if (!works(unshare)) {
            throw new PgaiException(
                    "PostgreSQL does not run as root, and `unshare -U`, which would help, is not allowed"
                            + " here. Run the tests as another user, or choose a server that runs already: "
                            + Settings.SERVER + "=" + ServerAccess.URL_FORM + ".");
        }
        return unshare;
    }

    private static boolean isRoot() throws IOException {
        Path temporary = Files.createTempFile("pgai-testkit", null);
        try {
            return temporary.getFileSystem().supportedFileAttributeViews().contains("unix")
                    && Integer.valueOf(0).equals(Files.getAttribute(temporary, "unix:uid"));
        } finally {
            Files.delete(temporary);
        }
    }

    private static boolean works(List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
