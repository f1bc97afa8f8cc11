package dev.pgai.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
