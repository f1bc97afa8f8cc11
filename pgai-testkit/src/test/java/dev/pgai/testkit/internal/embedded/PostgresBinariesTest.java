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
    void anArchive() {
        binaries = new PostgresBinaries(this::unpack, own.resolve("postgres-1"));
    }

    @Test
    void what_is_complete_is_kept() throws Exception {
        Path control = control(binaries.ready());
        assertThat(control).exists();
        assertThat(binaries.ready()).isEqualTo(own.resolve("postgres-1"));
        assertThat(unpacked).isEqualTo(1);
    }

    @Test
    void what_was_left_half_unpacked_is_unpacked_anew() throws Exception {
        PostgresBinaries killed = new PostgresBinaries(
                directory -> {
                    Files.writeString(
                            Files.createDirectories(directory.resolve("bin")).resolve("postgres"), "half");
                    throw new IOException("killed");
                },
                own.resolve("postgres-1"));
        assertThatExceptionOfType(IOException.class).isThrownBy(killed::ready);
        Path directory = binaries.ready();
        assertThat(directory.resolve("bin/postgres")).doesNotExist();
        assertThat(control(directory)).exists();
    }

    @Test
    void what_lost_a_file_is_unpacked_anew() throws Exception {
        Path control = control(binaries.ready());
        Files.delete(control);
        binaries.ready();
        assertThat(unpacked).isEqualTo(2);
        assertThat(control).exists();
    }

    @Test
    void what_was_cut_is_unpacked_anew() throws Exception {
        Path control = control(binaries.ready());
        Files.writeString(control, "");
        binaries.ready();
        assertThat(unpacked).isEqualTo(2);
        assertThat(control).isNotEmptyFile();
    }

    @Test
    void a_vector_of_the_binaries_own_is_kept() throws Exception {
        PostgresBinaries withVector = new PostgresBinaries(
                directory -> {
                    unpack(directory);
                    Files.writeString(control(directory), "real");
                },
                own.resolve("postgres-2"));
        assertThat(control(withVector.ready())).hasContent("real");
    }

    private void unpack(Path directory) throws IOException {
        unpacked++;
        Path control = control(directory);
        Files.createDirectories(control.getParent());
        Files.writeString(control.resolveSibling("plpgsql.control"), "");
    }

    private static Path control(Path directory) {
        return directory.resolve("share/postgresql/extension/vector.control");
    }
}
