package dev.pgai.testkit.internal.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pgai.testkit.fixture.Await;
import dev.pgai.testkit.fixture.ForkedJvm;
import dev.pgai.testkit.internal.file.OwnDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the embedded server's data are. */
class DataDirectoryTest {

    @TempDir
    private Path temporary;

    @Test
    void is_the_one_that_was_chosen(@TempDir Path data) throws Exception {
        try (ForkedJvm jvm = ForkedJvm.start(temporary, choosing(data))) {
            assertThat(Path.of(jvm.said().get("data"))).startsWith(OwnDirectory.in(data));
            jvm.awaitEnd();
        }
        Await.that(() -> {
            try (Stream<Path> left = Files.list(OwnDirectory.in(data))) {
                return left.findAny().isEmpty();
            }
        });
    }

    @Test
    void has_to_be_there() throws Exception {
        Path none = temporary.resolve("none");
        try (ForkedJvm jvm = ForkedJvm.start(temporary, choosing(none))) {
            assertThat(jvm.output())
                    .contains(
                            "PgaiException: System property pgai.test.data: '" + none + "' is not a directory that"
                                    + " can be written to. Make it one, or leave the choice of a place to the embedded server.");
        }
    }

    /** Not each that may be written to takes a directory. */
    @Test
    void has_to_take_a_directory() throws Exception {
        assumeThat(Path.of("/proc")).isDirectory();
        try (ForkedJvm jvm = ForkedJvm.start(temporary, choosing(Path.of("/proc")))) {
            assertThat(jvm.output())
                    .contains(
                            "PgaiException: System property pgai.test.data: '/proc' is not a directory that can be written to")
                    .contains("Make it one, or leave the choice of a place to the embedded server.");
        }
    }

    @Test
    void nor_may_the_temporary_one_be_missing() throws Exception {
        Path none = temporary.resolve("none");
        try (ForkedJvm jvm = ForkedJvm.start(none, choosing(temporary))) {
            assertThat(jvm.output())
                    .contains("PgaiException: System property java.io.tmpdir: '" + none
                            + "' is not a directory that can be written to")
                    .contains("Make it one, or choose another.");
        }
    }

    private static List<String> choosing(Path data) {
        return List.of(
                "-Dpgai.test.server=embedded",
                "-Dpgai.test.vector=auto",
                "-Dpgai.test.catalog=standin",
                "-Dpgai.test.data=" + data);
    }
}
