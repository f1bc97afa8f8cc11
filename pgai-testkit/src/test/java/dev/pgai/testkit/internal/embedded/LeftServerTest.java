package dev.pgai.testkit.internal.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftServerTest {

    /** The process that PostgreSQL noted has ended, and its number went to another program. */
    @Test
    void another_program_is_left_alone(@TempDir Path data) throws Exception {
        ProcessHandle self = ProcessHandle.current();
        Files.writeString(
                data.resolve("postmaster.pid"),
                self.pid() + "\n" + data + "\n" + Instant.now().getEpochSecond() + "\n");
        LeftServer.stop(data);
        assertThat(self.isAlive()).isTrue();
    }
}
