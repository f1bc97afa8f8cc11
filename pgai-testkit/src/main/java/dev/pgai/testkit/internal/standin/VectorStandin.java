package dev.pgai.testkit.internal.standin;

import dev.pgai.testkit.internal.file.Digest;
import dev.pgai.testkit.internal.file.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the stand-in for pgvector, and the place in a PostgreSQL where extensions are found. */
public final class VectorStandin {

    private static final List<String> FILES = Resources.list("vector", "vector(\\.control|--.*\\.sql)");

    private VectorStandin() {}

    /** No release of pgvector has such a version. */
    public static boolean isVersion(String version) {
        return version.endsWith("-standin");
    }

    public static String digest() {
        Digest digest = new Digest();
        FILES.forEach(file -> digest.add(file).add(Resources.read(file)));
        return digest.hex();
    }

    /**
     * Makes {@code create extension vector} find the stand-in, unless these binaries have a pgvector already.
     *
     * @param postgres the directory that has {@code bin} and {@code share} in it
     */
    public static void place(Path postgres) throws IOException {
        Path extensions = extensionDirectory(postgres.resolve("share"));
        if (Files.exists(extensions.resolve("vector.control"))) {
            return;
        }
        for (String file : FILES) {
            Files.write(extensions.resolve(file.substring(file.indexOf('/') + 1)), Resources.read(file));
        }
    }

    /** Found by an extension that every PostgreSQL has: the layout differs from platform to platform. */
    private static Path extensionDirectory(Path share) throws IOException {
        try (Stream<Path> files = Files.walk(share, 3)) {
            return files.filter(file -> file.endsWith("plpgsql.control"))
                    .findFirst()
                    .map(Path::getParent)
                    .orElseThrow(() -> new IOException("no plpgsql.control below " + share));
        }
    }
}
