package dev.pgai.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralJvmsTest {

    private static final List<String> EMBEDDED =
            List.of("-Dpgai.test.server=embedded", "-Dpgai.test.vector=standin", "-Dpgai.test.catalog=standin");

    /** Nothing is unpacked yet, so they race for it, too. One that was killed is found when the next one starts. */
    @Test
    void startAtOnceAndLeaveNothingBehind(@TempDir Path temporary) throws Exception {
        try (ForkedJvm one = ForkedJvm.start(temporary, EMBEDDED);
                ForkedJvm other = ForkedJvm.start(temporary, EMBEDDED, "wait")) {
            startAtOnceAndLeaveNothingBehind(one, other);
        }
        try (Stream<Path> own = Files.list(OwnDirectory.in(temporary))) {
            assertThat(own.map(file -> file.getFileName().toString().replaceFirst("postgres-[0-9a-f]+", "")))
                    .containsExactlyInAnyOrder("", ".lock", ".complete");
        }
    }

    private static void startAtOnceAndLeaveNothingBehind(ForkedJvm one, ForkedJvm other) throws Exception {
        Map<String, String> ofOne = one.said();
        Map<String, String> ofOther = other.said();
        assertThat(ofOne.get("version")).isEqualTo(ofOther.get("version")).contains("standin");
        Path runOfOne = Path.of(ofOne.get("data")).resolve("..").normalize();
        Path runOfOther = Path.of(ofOther.get("data")).resolve("..").normalize();
        assertThat(runOfOne).isNotEqualTo(runOfOther);

        one.awaitEnd();
        assertThat(runOfOne).doesNotExist();
        assertThat(lockOf(runOfOne)).doesNotExist();

        Path place = runOfOther.resolve("..").normalize();
        RunDirectory.sweep(place, Instant.now());
        assertThat(runOfOther).exists();
        long server = Long.parseLong(
                Files.readAllLines(runOfOther.resolve("data/postmaster.pid")).get(0));
        assertThat(ProcessHandle.of(server)).isPresent();

        other.kill();
        // Another JVM of this user's may be sweeping, too.
        Await.that(() -> {
            RunDirectory.sweep(place, Instant.now());
            return !Files.exists(lockOf(runOfOther));
        });
        Await.that(() -> ProcessHandle.of(server).filter(ProcessHandle::isAlive).isEmpty());
        assertThat(runOfOther).doesNotExist();
    }

    @Test
    void leaveNothingBehindOnAServerOfSomebodyElses(@TempDir Path temporary) throws Exception {
        try (TestDatabase host = TestDatabases.builder()
                        .server(TestServer.embedded())
                        .vector(TestVector.AUTO)
                        .catalog(TestCatalog.none())
                        .build()
                        .create();
                Connection connection = host.connection()) {
            List<String> options = List.of(
                    "-Dpgai.test.server=" + host.url(), "-Dpgai.test.vector=auto", "-Dpgai.test.catalog=standin");
            try (ForkedJvm one = ForkedJvm.start(temporary, options);
                    ForkedJvm other = ForkedJvm.start(temporary, options)) {
                String open = one.said().get("open");
                String otherOpen = other.said().get("open");
                assertThat(open).isNotEqualTo(otherOpen);
                one.awaitEnd();
                other.awaitEnd();
                assertThat(Query.text(
                                connection,
                                "select string_agg(datname, ',') from pg_database where datname in ('" + open + "', '"
                                        + otherOpen + "')"))
                        .isNull();
            }
        }
    }

    private static Path lockOf(Path run) {
        return run.resolveSibling(run.getFileName() + ".lock");
    }
}
