package dev.pgai.contract.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.catalog.CatalogScript;
import dev.pgai.catalog.InstallResult;
import dev.pgai.catalog.InstallResult.Outcome;
import dev.pgai.jdbc.CatalogInstaller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/installing.md shows. */
class InstallPageTest {

    @TempDir
    Path directory;

    @Test
    void installs_from_a_wheel() throws Exception {
        Path wheel = wheel(directory);
        try (EmptyDatabase database = new EmptyDatabase()) {
            DataSource dataSource = database.dataSource();

            InstallResult result = CatalogInstaller.on(dataSource).install(CatalogScript.fromWheel(wheel));

            assertThat(result.outcome()).isEqualTo(Outcome.INSTALLED);
            assertThat(CatalogInstaller.on(dataSource).status().version()).isEqualTo("0.12.1");
        }
    }

    /** A small one. */
    static Path wheel(Path directory) throws IOException {
        Path wheel = directory.resolve("pgai-0.12.1-py3-none-any.whl");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
            write(zip, "pgai-0.12.1.dist-info/METADATA", "Name: pgai\nVersion: 0.12.1\n");
            write(zip, "pgai/data/ai.sql", SmallScript.TEXT);
        }
        return wheel;
    }

    private static void write(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
