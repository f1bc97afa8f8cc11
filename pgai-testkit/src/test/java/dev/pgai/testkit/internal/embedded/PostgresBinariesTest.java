package dev.pgai.testkit.internal.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unpacks a PostgreSQL of three files. */
class PostgresBinariesTest {

    @TempDir
    Path own;

    private PostgresBinaries binaries;
    private int unpacked;

    @BeforeEach
    void anArchive() throws Exception {
        Path archive = Files.writeString(own.resolve("archive.txz"), "");
        binaries = new PostgresBinaries(own, new PostgresArchive(archive.toUri().toURL()));
    }

    @Test
    void what_is_complete_is_kept() throws Exception {
        Path control = control(binaries.start(this::unpack));
        assertThat(control).exists();
        Files.writeString(control, "kept");
        binaries.start(this::unpack);
        assertThat(unpacked).isEqualTo(1);
        assertThat(control).hasContent("kept");
    }

    @Test
    void what_was_left_half_unpacked_is_unpacked_anew() throws Exception {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> binaries.start(directory -> {
                    Files.writeString(
                            Files.createDirectories(directory.resolve("PG-1/bin"))
                                    .resolve("postgres"),
                            "half");
                    throw new IOException("killed");
                }));
        Path directory = binaries.start(this::unpack);
        assertThat(directory.resolve("PG-1/bin/postgres")).doesNotExist();
        assertThat(control(directory)).exists();
    }

    @Test
    void what_lost_a_file_is_unpacked_anew() throws Exception {
        Path control = control(binaries.start(this::unpack));
        Files.delete(control);
        binaries.start(this::unpack);
        assertThat(unpacked).isEqualTo(2);
        assertThat(control).exists();
    }

    @Test
    void a_vector_of_the_binaries_own_is_kept() throws Exception {
        Path control = control(binaries.start(directory -> {
            Path unpacked = unpack(directory);
            Files.writeString(control(unpacked), "real");
            return unpacked;
        }));
        assertThat(control).hasContent("real");
    }

    private Path unpack(Path directory) throws IOException {
        Path control = control(directory);
        if (!Files.exists(directory.resolve("PG-1"))) {
            unpacked++;
            Files.createDirectories(control.getParent());
            Files.writeString(control.resolveSibling("plpgsql.control"), "");
        }
        return directory;
    }

    private static Path control(Path directory) {
        return directory.resolve("PG-1/share/postgresql/extension/vector.control");
    }
}
