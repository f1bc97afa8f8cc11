package dev.pgai.testkit.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.PgaiException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnDirectoryTest {

    @Test
    void nobody_else_gets_in(@TempDir Path everybodys) throws Exception {
        Path own = OwnDirectory.in(everybodys);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                .isEqualTo("rwx------");
        assertThat(OwnDirectory.in(everybodys)).isEqualTo(own);
    }

    @Test
    void a_link_that_leads_elsewhere_is_refused(@TempDir Path everybodys, @TempDir Path elsewhere) throws Exception {
        Path own = OwnDirectory.in(everybodys);
        Files.delete(own);
        Files.createSymbolicLink(own, elsewhere);
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> OwnDirectory.in(everybodys))
                .withMessageStartingWith(own + " is not a directory of user ");
    }
}
