package dev.pgai.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pgai.catalog.CatalogScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class WheelFuzzTest {

    private static Path file;

    @BeforeAll
    static void createFile() throws IOException {
        file = Files.createTempFile("fuzz", ".whl");
    }

    @AfterAll
    static void deleteFile() throws IOException {
        Files.delete(file);
    }

    @FuzzTest(maxDuration = "10s")
    void a_wheel_is_read_or_refused(byte[] input) {
        try {
            Files.write(file, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Reading.of(() -> CatalogScript.fromWheel(file))
                .ifPresent(script -> assertThat(script.sql()).contains(script.version()));
        Reading.of(() -> CatalogScript.fromSql(file, "0.12.1"))
                .ifPresent(script -> assertThat(script.version()).isEqualTo("0.12.1"));
    }
}
