package dev.pgai.catalog;

import dev.pgai.version.CatalogVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The catalog of one pgai release: the text of its {@code ai.sql} and its version. pgai publishes it as a file of its
 * Python wheel; no Python is needed to read it. Immutable, equal by value.
 */
public final class CatalogScript {

    private static final String VERSION_PLACEHOLDER = "__version__";
    private static final String SQL_ENTRY = "pgai/data/ai.sql";
    private static final Pattern METADATA_ENTRY = Pattern.compile("[^/]+\\.dist-info/METADATA");
    private static final String GET_A_WHEEL =
            "Take the wheel of a pgai release, 0.10.0 or newer: pip download pgai==0.12.1 --no-deps";

    private final String version;
    private final String sql;

    private CatalogScript(Path file, String text, String version) {
        if (CatalogVersion.parse(version) == null) {
            throw new CatalogScriptException(
                    file + ": version '" + version + "' is not a version of pgai. Give one of the form 0.12.1.", null);
        }
        if (!text.contains(VERSION_PLACEHOLDER)) {
            throw new CatalogScriptException(
                    file + ": the placeholder " + VERSION_PLACEHOLDER + " is not in the text, so this is no ai.sql as a"
                            + " wheel holds it; perhaps its placeholders were filled in already. " + GET_A_WHEEL,
                    null);
        }
        this.version = version;
        this.sql = text.replace(VERSION_PLACEHOLDER, version);
    }

    /**
     * Reads {@code pgai/data/ai.sql} from a pgai wheel; the version is the one in the wheel's metadata.
     *
     * @param wheel a wheel of pgai 0.10.0 or newer, as {@code pip download pgai==0.12.1 --no-deps} leaves it
     * @return the script
     * @throws CatalogScriptException when the file is missing, is no zip file, is the wheel of another project, or
     *     holds no {@code ai.sql}
     */
    public static CatalogScript fromWheel(Path wheel) {
        try (ZipFile zip = new ZipFile(wheel.toFile(), StandardCharsets.UTF_8)) {
            ZipEntry metadataEntry = zip.stream()
                    .filter(entry -> METADATA_ENTRY.matcher(entry.getName()).matches())
                    .findFirst()
                    .orElseThrow(() -> new CatalogScriptException(
                            wheel + ": no *.dist-info/METADATA inside, so this is no wheel. " + GET_A_WHEEL, null));
            String metadata = read(zip, metadataEntry, wheel);
            String name = header(metadata, "Name");
            if (!"pgai".equals(name)) {
                throw new CatalogScriptException(
                        wheel + ": this is a wheel of '" + name + "', not of pgai. " + GET_A_WHEEL, null);
            }
            String version = header(metadata, "Version");
            if (version == null) {
                throw new CatalogScriptException(
                        wheel + ": " + metadataEntry.getName() + " has no line 'Version: '. " + GET_A_WHEEL, null);
            }
            ZipEntry sqlEntry = zip.getEntry(SQL_ENTRY);
            if (sqlEntry == null) {
                throw new CatalogScriptException(
                        wheel + ": no " + SQL_ENTRY + " inside. The wheel of pgai " + version + " has no catalog. "
                                + GET_A_WHEEL,
                        null);
            }
            return new CatalogScript(wheel, read(zip, sqlEntry, wheel), version);
        } catch (ZipException e) {
            throw new CatalogScriptException(
                    wheel + ": not a zip file, so this is no wheel (" + e.getMessage() + "). " + GET_A_WHEEL, e);
        } catch (IOException e) {
            throw unreadable(wheel, e);
        }
    }

    /**
     * Reads an {@code ai.sql} that was taken out of a wheel or of a built source tree. Its text does not say which
     * version it is.
     *
     * @param file the file, UTF-8, with its {@code __version__} placeholder still in it
     * @param version the release that the file is from, such as {@code 0.12.1}
     * @return the script
     * @throws CatalogScriptException when the file is missing, has no placeholder, or the version is not one
     */
    public static CatalogScript fromSql(Path file, String version) {
        try {
            return new CatalogScript(file, decode(Files.readAllBytes(file), file), version);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * The version of pgai that this script installs.
     *
     * @return such as {@code 0.12.1}
     */
    public String version() {
        return version;
    }

    /**
     * The text, with the version filled in. What is left to fill in is {@code @extschema:vector@}, the schema of the
     * extension {@code vector}, quoted where need be.
     *
     * @return many statements, which only make sense together
     */
    public String sql() {
        return sql;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CatalogScript script && version.equals(script.version) && sql.equals(script.sql);
    }

    @Override
    public int hashCode() {
        return sql.hashCode();
    }

    /**
     * Names the version and the length of the text.
     *
     * @return for logs
     */
    @Override
    public String toString() {
        return "CatalogScript[pgai " + version() + ", " + sql.length() + " characters]";
    }

    private static String read(ZipFile zip, ZipEntry entry, Path wheel) throws IOException {
        try (var in = zip.getInputStream(entry)) {
            return decode(in.readAllBytes(), wheel);
        }
    }

    /** Strict: a byte that is not UTF-8 is an error, not a replacement character in somebody's catalog. */
    private static String decode(byte[] bytes, Path file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CatalogScriptException(file + ": the text is not UTF-8. " + GET_A_WHEEL, e);
        }
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

    private static CatalogScriptException unreadable(Path file, IOException e) {
        String what = e instanceof NoSuchFileException ? "no such file" : "cannot be read: " + e;
        return new CatalogScriptException(file + ": " + what + ". " + GET_A_WHEEL, e);
    }
}
