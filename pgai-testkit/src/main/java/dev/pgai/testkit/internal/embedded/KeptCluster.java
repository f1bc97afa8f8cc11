package dev.pgai.testkit.internal.embedded;

import dev.pgai.testkit.internal.file.FileTree;
import dev.pgai.testkit.internal.server.Passwords;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster as {@code initdb} makes it, with its password, shared by all JVMs of the user and kept for the next: a copy
 * takes a fifth of the time. It gets its name when it is whole.
 */
final class KeptCluster {

    private static final Logger log = LoggerFactory.getLogger(KeptCluster.class);
    private static final Pattern MAJOR = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    private final Path directory;

    KeptCluster(Path directory) {
        this.directory = directory;
    }

    boolean exists() {
        return Files.exists(directory);
    }

    void discard() throws IOException {
        FileTree.delete(directory);
    }

    String password() throws IOException {
        return Files.readString(directory.resolve("password"));
    }

    void copyTo(Path data) throws IOException {
        FileTree.copy(directory.resolve("data"), data);
    }

    void make(Programs programs) throws IOException {
        Path work = directory.resolveSibling(directory.getFileName() + "-" + UUID.randomUUID());
        Files.createDirectory(work);
        try {
            Path password = Files.writeString(work.resolve("password"), Passwords.random());
            initdb(programs, work, password);
            Files.move(work, directory);
        } catch (FileSystemException e) {
            if (!exists()) {
                throw e;
            }
            // Another JVM has made it meanwhile.
            log.debug("Not taken: {}", work, e);
        } finally {
            FileTree.delete(work);
        }
    }

    /** The first locale that these binaries and this machine have. */
    private static void initdb(Programs programs, Path work, Path password) throws IOException {
        List<List<String>> locales = ClusterLocale.choices(major(programs, work));
        for (int i = 0; ; i++) {
            Path data = work.resolve("data");
            List<String> arguments = new ArrayList<>(List.of("-D", data.toString(), "-U", "postgres", "-E", "UTF8"));
            // Without a password any user of the machine would be superuser here, who may run programs as this user.
            // Of the ways to check one, md5 costs a connection no time.
            arguments.addAll(List.of("--auth-local=trust", "--auth-host=md5", "--pwfile=" + password, "--no-sync"));
            arguments.addAll(locales.get(i));
            try {
                programs.run(work.resolve("initdb-" + i), "initdb", arguments);
                return;
            } catch (IOException e) {
                if (i + 1 == locales.size()) {
                    throw e;
                }
                log.debug("Not this locale: {}", locales.get(i), e);
                FileTree.delete(data);
            }
        }
    }

    private static int major(Programs programs, Path work) throws IOException {
        Path output = work.resolve("version");
        programs.run(output, "initdb", List.of("--version"));
        Matcher version = MAJOR.matcher(Programs.text(output));
        if (!version.find()) {
            throw new IOException("initdb has no version: " + Programs.text(output));
        }
        return Integer.parseInt(version.group(1));
    }
}
