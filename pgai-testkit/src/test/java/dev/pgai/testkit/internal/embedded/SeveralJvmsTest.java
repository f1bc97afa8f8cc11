package dev.pgai.testkit.internal.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.testkit.fixture.Await;
import dev.pgai.testkit.fixture.ForkedJvm;
import dev.pgai.testkit.fixture.Query;
import dev.pgai.testkit.internal.file.OwnDirectory;
import dev.pgai.testkit.internal.server.Tenancy;
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
                    .containsExactlyInAnyOrder("", ".lock", ".complete");
        }
    }

    private static void start_at_once_and_leave_nothing_behind(ForkedJvm one, ForkedJvm other) throws Exception {
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

    /** The server outlives its JVM with the one database, until it is old, or others are newer. */
    @Test
    void what_is_kept_stays_for_a_while(@TempDir Path temporary) throws Exception {
        List<String> options = new ArrayList<>(EMBEDDED);
        options.add("-Dpgai.test.keep=1");
        Path place;
        Path run;
        String url;
        try (ForkedJvm jvm = ForkedJvm.start(temporary, options, "keep")) {
            Map<String, String> said = jvm.said();
            jvm.awaitEnd();
            url = said.get("url");
            run = Path.of(said.get("data")).resolve("..").normalize();
            place = run.resolve("..").normalize();
            assertThat(said.get("kept"))
                    .isEqualTo(url
                            + " (its server stays, too; both go when tests start after 15 minutes, or by: kill -INT "
                            + LeftServer.pid(run.resolve("data")) + ")");
            assertThat(said).containsEntry("more", "no");
        }
        try {
            for (int i = 0; i < 2; i++) {
                try (Connection connection = DriverManager.getConnection(url)) {
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
        assertThatThrownBy(() -> DriverManager.getConnection(url).close()).isInstanceOf(SQLException.class);
    }

    private static Path lockOf(Path run) {
        return run.resolveSibling(run.getFileName() + ".lock");
    }
}
