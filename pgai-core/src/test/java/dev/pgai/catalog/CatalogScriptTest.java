package dev.pgai.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogScriptTest {

    private static final String METADATA_ENTRY = "pgai-0.12.1.dist-info/METADATA";
    private static final String METADATA =
            "Metadata-Version: 2.4\nName: pgai\nVersion: 0.12.1\nSummary: x\n\nVersion: 9.9.9\n";
    private static final String SQL_ENTRY = "pgai/data/ai.sql";

    @TempDir
    Path directory;

    @Test
    void reads_a_wheel() throws IOException {
        Path wheel = wheel(Map.of(
                METADATA_ENTRY,
                METADATA,
                SQL_ENTRY,
                "select '__version__', 'Ünïcode ✓';",
                "pgai-0.12.1.data/data/data/ai.sql",
                "not this one"));

        CatalogScript script = CatalogScript.fromWheel(wheel);

        assertThat(script.version()).isEqualTo("0.12.1");
        assertThat(script.sql()).isEqualTo("select '0.12.1', 'Ünïcode ✓';");
    }

    @Test
    void reads_a_sql_file_like_the_wheel_it_is_from() throws IOException {
        Path wheel = wheel(Map.of(METADATA_ENTRY, METADATA, SQL_ENTRY, "select '__version__';"));
        Path sql = Files.writeString(directory.resolve("ai.sql"), "select '__version__';");

        CatalogScript script = CatalogScript.fromSql(sql, "0.12.1");

        assertThat(script).isEqualTo(CatalogScript.fromWheel(wheel)).hasSameHashCodeAs(CatalogScript.fromWheel(wheel));
        assertThat(script).isNotEqualTo(CatalogScript.fromSql(sql, "0.12.0"));
        assertThat(script).hasToString("CatalogScript[pgai 0.12.1, 16 characters]");
    }

    @Test
    void a_missing_file_is_named() {
        Path missing = directory.resolve("pgai-0.12.1-py3-none-any.whl");

        assertRefused(() -> CatalogScript.fromWheel(missing), missing, "no such file", "pip download");
        assertRefused(() -> CatalogScript.fromSql(missing, "0.12.1"), missing, "no such file", "pip download");
    }

    @Test
    void a_file_that_is_no_zip_is_no_wheel() throws IOException {
        Path file = Files.writeString(directory.resolve("pgai.tar.gz"), "not a zip file");

        assertRefused(() -> CatalogScript.fromWheel(file), file, "not a zip file", "pip download");
    }

    @Test
    void a_zip_without_metadata_is_no_wheel() throws IOException {
        Path file = wheel(Map.of(SQL_ENTRY, "select '__version__';"));

        assertRefused(() -> CatalogScript.fromWheel(file), file, "no *.dist-info/METADATA", "pip download");
    }

    @Test
    void the_wheel_of_another_project_is_named() throws IOException {
        Path file = wheel(Map.of("pgvector-0.4.1.dist-info/METADATA", "Name: pgvector\nVersion: 0.4.1\n"));

        assertRefused(() -> CatalogScript.fromWheel(file), file, "'pgvector'", "pip download");
    }

    @Test
    void a_wheel_older_than_the_catalog_has_no_sql() throws IOException {
        Path file = wheel(Map.of("pgai-0.9.2.dist-info/METADATA", "Name: pgai\nVersion: 0.9.2\n"));

        assertRefused(() -> CatalogScript.fromWheel(file), file, "no pgai/data/ai.sql", "0.9.2", "0.10.0 or newer");
    }

    @Test
    void metadata_without_a_version_is_refused() throws IOException {
        Path file =
                wheel(Map.of(METADATA_ENTRY, "Name: pgai\n\nVersion: 0.12.1\n", SQL_ENTRY, "select '__version__';"));

        assertRefused(() -> CatalogScript.fromWheel(file), file, "has no line 'Version: '", "pip download");
    }

    @Test
    void a_text_without_the_placeholder_is_no_script() throws IOException {
        Path file = Files.writeString(directory.resolve("ai.sql"), "select '0.12.1';");

        assertRefused(() -> CatalogScript.fromSql(file, "0.12.1"), file, "__version__", "filled in already");
    }

    @Test
    void a_version_that_is_none_is_refused() throws IOException {
        Path file = Files.writeString(directory.resolve("ai.sql"), "select '__version__';");

        assertRefused(() -> CatalogScript.fromSql(file, "latest"), file, "'latest'", "0.12.1");
    }

    @Test
    void a_text_that_is_not_utf_8_is_refused() throws IOException {
        Path file = Files.write(
                directory.resolve("ai.sql"), "select '__version__', 'ü'".getBytes(StandardCharsets.ISO_8859_1));

        assertRefused(() -> CatalogScript.fromSql(file, "0.12.1"), file, "not UTF-8", "pip download");
    }

    @Test
    void a_wheel_that_unpacks_to_more_than_a_catalog_is_refused() throws IOException {
        Path sql = wheel(Map.of(METADATA_ENTRY, METADATA, SQL_ENTRY, " ".repeat((64 << 20) + 1)));
        Path metadata = wheel(Map.of(METADATA_ENTRY, METADATA + " ".repeat(1 << 20), SQL_ENTRY, "'__version__'"));
        Path huge = claiming(3_000_000_000L, wheel(Map.of(METADATA_ENTRY, METADATA, SQL_ENTRY, "'__version__'")));

        assertThat(sql).satisfies(file -> assertThat(Files.size(file)).isLessThan(100_000));
        assertRefused(() -> CatalogScript.fromWheel(sql), sql, SQL_ENTRY, "67108865 bytes", "67108864");
        assertRefused(() -> CatalogScript.fromWheel(metadata), metadata, METADATA_ENTRY, "1048576");
        assertRefused(() -> CatalogScript.fromWheel(huge), huge, SQL_ENTRY, "3000000000 bytes");
    }

    @Test
    void a_wheel_is_not_believed_in_what_it_unpacks_to() throws IOException {
        Path more = claiming(
                20, wheel(Map.of(METADATA_ENTRY, METADATA, SQL_ENTRY, "'__version__'" + " ".repeat(9_999_999))));
        Path less = claiming(9_999_999, wheel(Map.of(METADATA_ENTRY, METADATA, SQL_ENTRY, "'__version__'")));

        assertRefused(() -> CatalogScript.fromWheel(more), more, SQL_ENTRY, "pip download");
        assertRefused(() -> CatalogScript.fromWheel(less), less, SQL_ENTRY, "pip download");
    }

    @Test
    void a_file_of_sql_is_as_bounded() throws IOException {
        Path file = directory.resolve("ai.sql");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength((64 << 20) + 1);
        }

        assertRefused(() -> CatalogScript.fromSql(file, "0.12.1"), file, "longer than 67108864 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {METADATA_ENTRY, SQL_ENTRY})
    void an_altered_entry_is_refused(String entry) throws IOException {
        Path file = stored(METADATA_ENTRY, METADATA + "\nhonest", SQL_ENTRY, "select '__version__', 'honest'");
        assertThat(CatalogScript.fromWheel(file).version()).isEqualTo("0.12.1");

        byte[] bytes = Files.readAllBytes(file);
        int name = indexOf(bytes, entry.getBytes(StandardCharsets.UTF_8), 0);
        bytes[indexOf(bytes, "honest".getBytes(StandardCharsets.UTF_8), name)] = 'H';
        Files.write(file, bytes);

        assertRefused(() -> CatalogScript.fromWheel(file), file, entry, "CRC", "pip download");
    }

    @Test
    void a_damaged_entry_is_refused() throws IOException {
        Path file = wheel(Map.of(METADATA_ENTRY, METADATA, SQL_ENTRY, "select '__version__', 'x'"));
        byte[] bytes = Files.readAllBytes(file);
        int name = indexOf(bytes, SQL_ENTRY.getBytes(StandardCharsets.UTF_8), 0);
        // No block of a deflated stream is of this type.
        bytes[name + SQL_ENTRY.length()] = (byte) 0xff;
        Files.write(file, bytes);

        assertRefused(() -> CatalogScript.fromWheel(file), file, SQL_ENTRY, "damaged", "pip download");
    }

    @Test
    void an_entry_that_is_there_twice_is_refused() throws IOException {
        String other = SQL_ENTRY.replace("ai.sql", "ai.sq_");
        Path file =
                stored(METADATA_ENTRY, METADATA, SQL_ENTRY, "select '__version__'", other, "select 'evil __version__'");
        byte[] bytes = Files.readAllBytes(file);
        byte[] name = other.getBytes(StandardCharsets.UTF_8);
        for (int at = indexOf(bytes, name, 0); at >= 0; at = indexOf(bytes, name, at)) {
            bytes[at + name.length - 1] = 'l';
        }
        Files.write(file, bytes);

        assertRefused(() -> CatalogScript.fromWheel(file), file, "2 entries " + SQL_ENTRY);
    }

    /** Has the directory of a wheel say another size of what its script unpacks to. */
    private static Path claiming(long size, Path wheel) throws IOException {
        byte[] bytes = Files.readAllBytes(wheel);
        byte[] name = SQL_ENTRY.getBytes(StandardCharsets.UTF_8);
        int inDirectory = indexOf(bytes, name, indexOf(bytes, name, 0) + 1);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(inDirectory - 46 + 24, (int) size);
        return Files.write(wheel, bytes);
    }

    private static int indexOf(byte[] bytes, byte[] part, int from) {
        for (int at = from; at <= bytes.length - part.length; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }

    /** Not compressed, so that the text is in the file as it is. */
    private Path stored(String... namesAndTexts) throws IOException {
        Path file = Files.createTempFile(directory, "pgai", ".whl");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                byte[] bytes = namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8);
                CRC32 sum = new CRC32();
                sum.update(bytes);
                ZipEntry entry = new ZipEntry(namesAndTexts[i]);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(bytes.length);
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(bytes);
                zip.closeEntry();
            }
        }
        return file;
    }

    private static void assertRefused(Runnable read, Path file, String... parts) {
        assertThatExceptionOfType(CatalogScriptException.class)
                .isThrownBy(read::run)
                .satisfies(e ->
                        assertThat(e.getMessage()).startsWith(file.toString()).contains(parts));
    }

    private Path wheel(Map<String, String> entries) throws IOException {
        Path file = Files.createTempFile(directory, "pgai", ".whl");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }
}
