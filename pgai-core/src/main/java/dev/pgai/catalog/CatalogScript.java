package dev.pgai.catalog;

import dev.pgai.argument.Check;
import dev.pgai.version.CatalogVersion;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The catalog of one pgai release: the text of its {@code ai.sql} and its version. pgai publishes it as a file of its
 * Python wheel; no Python is needed to read it. Immutable, equal by value.
 */
public final class CatalogScript {

    /** Some three hundred times what it is today. */
    static final int MAX_BYTES = 64 << 20;

    private static final String VERSION_PLACEHOLDER = "__version__";

    private final String version;
    private final String sql;

    private CatalogScript(Path file, String text, String version) {
        if (CatalogVersion.parse(version) == null) {
            throw new CatalogScriptException(
                    file + ": version '" + version + "' is not a version of pgai. Give one of the form 0.12.1.", null);
        }
        if (!text.contains(VERSION_PLACEHOLDER)) {
            throw refused(
                    file,
                    "the placeholder " + VERSION_PLACEHOLDER + " is not in the text, so this is no ai.sql as a"
                            + " wheel holds it; perhaps its placeholders were filled in already",
                    null);
        }
        this.version = version;
        this.sql = text.replace(VERSION_PLACEHOLDER, version);
    }

    /**
     * Reads {@code pgai/data/ai.sql} from a pgai wheel; the version is the one in the wheel's metadata. Of the metadata
     * no more than 1 MiB is unpacked, of the script no more than 64 MiB, whatever the size of the wheel, and what is
     * unpacked has to match its check sum.
     *
     * @param wheel a wheel of pgai 0.10.0 or newer, as {@code pip download pgai==0.12.1 --no-deps} leaves it
     * @return the script
     * @throws CatalogScriptException when the file is missing, is no zip file, is damaged, is the wheel of another
     *     project, or holds no {@code ai.sql} or one that is too long
     */
    public static CatalogScript fromWheel(Path wheel) {
        try {
            Wheel read = Wheel.read(Check.notNull("wheel", wheel));
            return new CatalogScript(wheel, read.sql(), read.version());
        } catch (IOException e) {
            throw unreadable(wheel, e);
        }
    }

    /**
     * Reads an {@code ai.sql} that was taken out of a wheel or of a built source tree. Its text does not say which
     * version it is.
     *
     * @param file the file, UTF-8, up to 64 MiB, with its {@code __version__} placeholder still in it
     * @param version the release that the file is from, such as {@code 0.12.1}
     * @return the script
     * @throws CatalogScriptException when the file is missing, is too long, has no placeholder, or the version is not
     *     one
     */
    public static CatalogScript fromSql(Path file, String version) {
        Check.notNull("version", version);
        try (InputStream in = Files.newInputStream(Check.notNull("file", file))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw refused(file, "it is longer than " + MAX_BYTES + " bytes, so this is no ai.sql", null);
            }
            return new CatalogScript(file, decode(file, bytes), version);
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

    /** Strict: a byte that is not UTF-8 is an error, not a replacement character in somebody's catalog. */
    static String decode(Path file, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused(file, "the text is not UTF-8", e);
        }
    }

    static CatalogScriptException refused(Path file, String what, @Nullable Throwable cause) {
        return new CatalogScriptException(
                file + ": " + what
                        + ". Take the wheel of a pgai release, 0.10.0 or newer: pip download pgai==0.12.1 --no-deps",
                cause);
    }

    private static CatalogScriptException unreadable(Path file, IOException e) {
        return refused(file, e instanceof NoSuchFileException ? "no such file" : "cannot be read: " + reason(e), e);
    }

    /** For people, as far as Java has words for it. */
    private static Object reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String said = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return e instanceof FileSystemException || e instanceof FileNotFoundException ? said == null ? e : said : e;
    }
}
