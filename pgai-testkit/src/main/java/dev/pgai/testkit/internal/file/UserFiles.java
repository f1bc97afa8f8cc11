package dev.pgai.testkit.internal.file;

import dev.pgai.PgaiException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files of the user's, on the class path or in the file system. */
public final class UserFiles {

    private static final String CLASSPATH = "classpath:";
    private static final String MARK = "\ufeff";

    private UserFiles() {}

    public static String text(String location) {
        try {
            String resource = resource(location);
            if (resource != null) {
                List<URL> found = find(resource);
                if (found.isEmpty()) {
                    throw missing(location);
                }
                try (InputStream in = found.get(0).openStream()) {
                    return decode(location, in.readAllBytes());
                }
            }
            if (!Files.isRegularFile(Path.of(location))) {
                throw missing(location);
            }
            return decode(location, Files.readAllBytes(Path.of(location)));
        } catch (IOException e) {
            throw unreadable(location, e);
        }
    }

    /** UTF-8, or what the mark at the beginning says, which editors and shells of Windows write. */
    private static String decode(String location, byte[] bytes) throws IOException {
        Charset charset = StandardCharsets.UTF_8;
        if (startsWith(bytes, 0xff, 0xfe)) {
            charset = StandardCharsets.UTF_16LE;
        } else if (startsWith(bytes, 0xfe, 0xff)) {
            charset = StandardCharsets.UTF_16BE;
        }
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
        } catch (CharacterCodingException e) {
            throw new PgaiException(location + " is not a text in " + charset + ". Save it in UTF-8.", e);
        }
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length >= 2 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
    }

    public static String digest(String... locations) {
        Digest digest = new Digest();
        for (String location : locations) {
            Map<String, byte[]> files = new TreeMap<>();
            try {
                String resource = resource(location);
                if (resource == null) {
                    addTree(Path.of(location), files);
                } else {
                    List<URL> found = find(resource);
                    for (int i = 0; i < found.size(); i++) {
                        addResource(i + " ", found.get(i), files);
                    }
                }
            } catch (IOException e) {
                throw unreadable(location, e);
            }
            if (files.isEmpty()) {
                throw missing(location);
            }
            files.forEach((name, content) -> digest.add(name).add(content));
        }
        return digest.hex();
    }

    private static void addTree(Path root, Map<String, byte[]> files) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
    }

    private static void addResource(String prefix, URL url, Map<String, byte[]> files) throws IOException {
        Map<String, byte[]> found = new TreeMap<>();
        if (url.openConnection() instanceof JarURLConnection inJar) {
            // Not the cached JarFile: closing that one would close it for the class loader, too.
            inJar.setUseCaches(false);
            String root = inJar.getEntryName().replaceFirst("/$", "");
            try (JarFile jar = inJar.getJarFile()) {
                for (JarEntry entry : Collections.list(jar.entries())) {
                    String name = entry.getName();
                    if (!entry.isDirectory() && (name.equals(root) || name.startsWith(root + "/"))) {
                        try (InputStream in = jar.getInputStream(entry)) {
                            found.put(name.substring(root.length()), in.readAllBytes());
                        }
                    }
                }
            }
        } else {
            addTree(Path.of(URI.create(url.toString())), found);
        }
        found.forEach((name, content) -> files.put(prefix + name, content));
    }

    private static @Nullable String resource(String location) {
        return location.startsWith(CLASSPATH) ? location.substring(CLASSPATH.length()) : null;
    }

    private static List<URL> find(String resource) throws IOException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return Collections.list((loader != null ? loader : UserFiles.class.getClassLoader()).getResources(resource));
    }

    private static PgaiException missing(String location) {
        return new PgaiException("There is no " + location + ". Write classpath: and a path without a leading slash,"
                + " or a path of the file system; a relative one starts at "
                + Path.of("").toAbsolutePath() + ".");
    }

    private static PgaiException unreadable(String location, IOException e) {
        return new PgaiException("Cannot read " + location + ": " + e.getMessage(), e);
    }
}
