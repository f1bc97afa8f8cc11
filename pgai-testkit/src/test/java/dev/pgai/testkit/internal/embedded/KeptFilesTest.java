package dev.pgai.testkit.internal.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.testkit.fixture.ForkedJvm;
import dev.pgai.testkit.internal.file.OwnDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What one JVM keeps for the next may come to harm between them. It is made anew then, once. */
class KeptFilesTest {

    private static final List<String> EMBEDDED =
            List.of("-Dpgai.test.server=embedded", "-Dpgai.test.vector=standin", "-Dpgai.test.catalog=standin");

    private static final String ANEW = "WARN.*made anew";

    @TempDir
    private static Path temporary;

    private interface Damage {
        void to(Path own) throws IOException;
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage("the mode of the cluster", own -> {
                    Path data = one(own, ".cluster").resolve("data");
                    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
                }),
                damage(
                        "the password",
                        own -> Files.writeString(one(own, ".cluster").resolve("password"), "another")),
                damage("a file of the cluster", own -> {
                    Path control = one(own, ".cluster").resolve("data/global/pg_control");
                    Files.write(control, new byte[(int) Files.size(control)]);
                }),
                damage(
                        "half of the cluster",
                        own -> Files.delete(one(own, ".cluster").resolve("data/PG_VERSION"))),
                damage("a program", own -> {
                    Path postgres = Path.of(one(own, ".complete").toString().replace(".complete", ""), "bin/postgres");
                    byte[] nothing = new byte[(int) Files.size(postgres)];
                    Files.delete(postgres);
                    Files.write(postgres, nothing);
                }));
    }

    private static Arguments damage(String what, Damage damage) {
        return Arguments.of(what, damage);
    }

    private static Path one(Path own, String suffix) throws IOException {
        try (Stream<Path> all = Files.list(own)) {
            return all.filter(file -> file.toString().endsWith(suffix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void what_does_not_work_any_more_is_made_anew(String what, Damage damage) throws Exception {
        assertThat(run()).as(what).contains("version standin").doesNotContainPattern(ANEW);
        damage.to(OwnDirectory.in(temporary));
        assertThat(run()).as(what).contains("version standin").containsPattern(ANEW);
        assertThat(run()).as(what).contains("version standin").doesNotContainPattern(ANEW);
    }

    private static String run() throws IOException {
        try (ForkedJvm jvm = ForkedJvm.start(temporary, EMBEDDED)) {
            return jvm.output();
        }
    }
}
