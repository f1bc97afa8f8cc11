package dev.pgai.testkit.internal.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.testkit.fixture.Await;
import dev.pgai.testkit.fixture.ForkedJvm;
import dev.pgai.testkit.fixture.Query;
import dev.pgai.testkit.internal.file.OwnDirectory;
import dev.pgai.testkit.internal.server.Tenancy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
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
    void start_at_once_and_leave_nothing_behind(@TempDir Path temporary) throws Exception {
        try (ForkedJvm one = ForkedJvm.start(temporary, EMBEDDED);
                ForkedJvm other = ForkedJvm.start(temporary, EMBEDDED, "wait")) {
            start_at_once_and_leave_nothing_behind(one, other);
        }
        try (Stream<Path> own = Files.list(OwnDirectory.in(temporary))) {
            assertThat(own.map(file -> file.getFileName().toString().replaceFirst("postgres-[0-9a-f]+", "")))
                    .containsExactlyInAnyOrder("", ".lock", ".complete", ".cluster");
        }
    }

    private static void start_at_once_and_leave_nothing_behind(ForkedJvm one, ForkedJvm other) throws Exception {
        Map<String, String> ofOne = one.said();
        Map<String, String> ofOther = other.said();
        assertThat(ofOne.get("version")).isEqualTo(ofOther.get("version")).contains("standin");
        Path runOfOne = run(ofOne);
        Path runOfOther = run(ofOther);
        assertThat(runOfOne).isNotEqualTo(runOfOther);

        one.awaitEnd();
        Await.that(() -> !Files.exists(lockOf(runOfOne)));
        assertThat(runOfOne).doesNotExist();

        Path place = runOfOther.resolve("..").normalize();
        RunDirectory.sweep(place, Instant.now());
        assertThat(runOfOther).exists();
        ProcessHandle server = server(runOfOther);
        assertThat(server.isAlive()).isTrue();

        other.killWithChildren();
        assertThat(server.isAlive()).isTrue();
        // Another JVM of this user's may be sweeping, too.
        Await.that(() -> {
            RunDirectory.sweep(place, Instant.now());
            return !Files.exists(lockOf(runOfOther));
        });
        Await.that(() -> !server.isAlive());
        assertThat(runOfOther).doesNotExist();
    }

    @Test
    void one_that_is_killed_leaves_nothing_for_others_to_remove(@TempDir Path temporary) throws Exception {
        try (ForkedJvm jvm = ForkedJvm.start(temporary, EMBEDDED, "wait")) {
            Path run = run(jvm.said());
            ProcessHandle server = server(run);
            jvm.kill();
            Await.that(() -> !Files.exists(lockOf(run)));
            assertThat(run).doesNotExist();
            Await.that(() -> !server.isAlive());
        }
    }

    /** The server outlives its JVM with the one database, until it is old, or others are newer. */
    @Test
    void what_is_kept_stays_for_a_while(@TempDir Path temporary) throws Exception {
        Map<String, String> said = keepOne(temporary);
        Path run = run(said);
        Path place = run.resolve("..").normalize();
        assertThat(said.get("kept"))
                .isEqualTo(said.get("url")
                        + " (its server stays, too; both go when tests start after 15 minutes, or by: kill -INT "
                        + server(run).pid() + ")");
        assertThat(said).containsEntry("more", "no");
        try {
            for (int i = 0; i < 2; i++) {
                try (Connection connection = DriverManager.getConnection(said.get("url"))) {
                    assertThat(Query.text(connection, "select to_regclass('evidence')"))
                            .isEqualTo("evidence");
                    assertThat(Query.text(
                                    connection, "select count(*) from pg_database where datname like 'pgai_test_%'"))
                            .isEqualTo("1");
                }
                RunDirectory.sweep(place, Instant.now());
            }
        } finally {
            // Only this one: the directory in memory is shared with other runs.
            Files.setLastModifiedTime(
                    run.resolve("kept"), FileTime.from(Instant.now().minus(Tenancy.KEPT)));
            Await.that(() -> {
                RunDirectory.sweep(place, Instant.now());
                return !Files.exists(lockOf(run));
            });
        }
        assertThat(run).doesNotExist();
        assertThatThrownBy(() -> DriverManager.getConnection(said.get("url")).close())
                .isInstanceOf(SQLException.class);
    }

    @Test
    void ending_a_kept_server_removes_its_files(@TempDir Path temporary) throws Exception {
        Map<String, String> said = keepOne(temporary);
        Path run = run(said);
        String command = said.getOrDefault("kept", "").replaceFirst(".*or by: (kill -INT \\d+)\\)", "$1");
        assertThat(new ProcessBuilder(command.split(" ")).start().waitFor()).isZero();
        Await.that(() -> !Files.exists(lockOf(run)));
        assertThat(run).doesNotExist();
    }

    private static Map<String, String> keepOne(Path temporary) throws Exception {
        List<String> options = new ArrayList<>(EMBEDDED);
        options.add("-Dpgai.test.keep=1");
        try (ForkedJvm jvm = ForkedJvm.start(temporary, options, "keep")) {
            Map<String, String> said = jvm.said();
            jvm.awaitEnd();
            return said;
        }
    }

    private static Path run(Map<String, String> said) {
        return Path.of(said.get("data")).resolve("..").normalize();
    }

    private static ProcessHandle server(Path run) throws IOException {
        return ProcessHandle.of(LeftServer.pid(run.resolve("data"))).orElseThrow();
    }

    private static Path lockOf(Path run) {
        return run.resolveSibling(run.getFileName() + ".lock");
    }
}
