package dev.pgai.catalog;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * What is needed of a wheel. Nobody knows where a file has been: what an entry unpacks to is bounded, and held against
 * its check sum, which {@link ZipFile} does not do.
 */
record Wheel(String version, String sql) {

    private static final String SQL_ENTRY = "pgai/data/ai.sql";
    private static final Pattern METADATA_ENTRY = Pattern.compile("[^/]+\\.dist-info/METADATA");

    /** Some hundred times what it is today. */
    private static final int MAX_METADATA_BYTES = 1 << 20;

    static Wheel read(Path file) throws IOException {
        try (ZipFile zip = open(file)) {
            String metadataName = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> METADATA_ENTRY.matcher(name).matches())
                    .findFirst()
                    .orElseThrow(() ->
                            CatalogScript.refused(file, "no *.dist-info/METADATA inside, so this is no wheel", null));
            String metadata = new String(content(zip, file, metadataName, MAX_METADATA_BYTES), StandardCharsets.UTF_8);
            String name = header(metadata, "Name");
            if (!"pgai".equals(name)) {
                throw CatalogScript.refused(file, "this is a wheel of '" + name + "', not of pgai", null);
            }
            String version = header(metadata, "Version");
            if (version == null) {
                throw CatalogScript.refused(file, metadataName + " has no line 'Version: '", null);
            }
            if (zip.getEntry(SQL_ENTRY) == null) {
                throw CatalogScript.refused(
                        file, "no " + SQL_ENTRY + " inside. The wheel of pgai " + version + " has no catalog", null);
            }
            return new Wheel(
                    version, CatalogScript.decode(file, content(zip, file, SQL_ENTRY, CatalogScript.MAX_BYTES)));
        }
    }

    private static ZipFile open(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException e) {
            throw CatalogScript.refused(file, "not a zip file, so this is no wheel (" + e.getMessage() + ")", e);
        }
    }

    private static byte[] content(ZipFile zip, Path file, String name, int limit) throws IOException {
        List<? extends ZipEntry> entries =
                zip.stream().filter(entry -> entry.getName().equals(name)).toList();
        if (entries.size() > 1) {
            throw CatalogScript.refused(
                    file,
                    "there are " + entries.size() + " entries " + name + " inside, and one of them is not pgai's",
                    null);
        }
        ZipEntry entry = entries.get(0);
        if (entry.getSize() > limit) {
            throw CatalogScript.refused(
                    file,
                    name + " would be " + entry.getSize() + " bytes, and no more than " + limit + " are read",
                    null);
        }
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
            // What the entry says of itself is the bound, and need not be true.
            bytes = in.readNBytes((int) entry.getSize() + 1);
        } catch (ZipException | EOFException e) {
            throw CatalogScript.refused(
                    file, name + " cannot be unpacked: the file is damaged (" + e.getMessage() + ")", e);
        }
        CRC32 sum = new CRC32();
        sum.update(bytes);
        if (bytes.length != entry.getSize() || sum.getValue() != entry.getCrc()) {
            throw CatalogScript.refused(
                    file, name + " is not what it was when it was packed: length or check sum (CRC) differ", null);
        }
        return bytes;
    }

    /** Headers end at the first empty line; what follows is the project's README. */
    private static @Nullable String header(String metadata, String name) {
        List<String> lines = metadata.lines().takeWhile(line -> !line.isEmpty()).toList();
        for (String line : lines) {
            if (line.startsWith(name + ":")) {
                return line.substring(name.length() + 1).strip();
            }
        }
        return null;
    }
}
