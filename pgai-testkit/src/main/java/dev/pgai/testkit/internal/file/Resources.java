package dev.pgai.testkit.internal.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The files inside this library, by their path below the package that users see. */
public final class Resources {

    private static final String BASE = "/dev/pgai/testkit/";

    private Resources() {}

    public static byte[] read(String path) {
        try (InputStream in = Objects.requireNonNull(Resources.class.getResourceAsStream(BASE + path), path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    public static String text(String path) {
        return new String(read(path), StandardCharsets.UTF_8);
    }

    /** The files in a folder whose names match, as paths for {@link #read}, in the order of their names. */
    public static List<String> list(String folder, String pattern) {
        URL url = Objects.requireNonNull(Resources.class.getResource(BASE + folder + "/"), folder);
        try {
            List<String> names =
                    url.openConnection() instanceof JarURLConnection inJar ? inJar(inJar) : inDirectory(url);
            return names.stream()
                    .filter(name -> name.matches(pattern))
                    .sorted()
                    .map(name -> folder + "/" + name)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder, e);
        }
    }

    private static List<String> inDirectory(URL url) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(URI.create(url.toString())))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static List<String> inJar(JarURLConnection connection) throws IOException {
        // Not the cached JarFile: closing that one would close it for the class loader, too.
        connection.setUseCaches(false);
        String folder = connection.getEntryName();
        try (JarFile jar = connection.getJarFile()) {
            return jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith(folder) && !name.endsWith("/"))
                    .map(name -> name.substring(folder.length()))
                    .toList();
        }
    }
}
