package dev.pgai.testkit.internal.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerPort;
import dev.pgai.PgaiException;
import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.TestServer;
import dev.pgai.testkit.TestVector;
import dev.pgai.testkit.fixture.Await;
import dev.pgai.testkit.fixture.ForkedJvm;
import dev.pgai.testkit.fixture.Query;
import dev.pgai.testkit.internal.file.OwnDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

class ContainerServerTest {

    private static final List<String> CONTAINER =
            List.of("-Dpgai.test.server=testcontainers", "-Dpgai.test.vector=auto", "-Dpgai.test.catalog=standin");

    @Test
    void a_missing_testcontainers_is_named(@TempDir Path temporary) throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().matches("(testcontainers|docker-java).*"))
                .collect(Collectors.joining(File.pathSeparator));
        try (ForkedJvm jvm = ForkedJvm.start(temporary, with("-cp", classPath))) {
            assertThat(jvm.output())
                    .contains("PgaiException: The server testcontainers:pgvector/pgvector:pg17 needs Testcontainers,"
                            + " which is not on the class path. Add org.testcontainers:testcontainers, 2.0 or newer, to"
                            + " the tests, or choose another server: pgai.test.server=embedded.");
        }
    }

    @Test
    void a_docker_that_is_not_there_is_named(@TempDir Path temporary) throws Exception {
        assumeFalse(Files.exists(Path.of("/var/run/docker.sock")), "Testcontainers would find this machine's Docker");
        Map<String, String> environment = Map.of("DOCKER_HOST", "unix://" + temporary.resolve("none.sock"));
        // There, too, Testcontainers looks for a Docker.
        try (ForkedJvm jvm = ForkedJvm.start(temporary, with("-Duser.home=" + temporary), environment)) {
            assertThat(jvm.output())
                    .contains("PgaiException: Testcontainers reaches no Docker engine; its log says what it tried."
                            + " Start Docker, or set DOCKER_HOST, or choose another server:"
                            + " pgai.test.server=embedded.");
        }
        assertThat(marks(temporary)).isEmpty();
    }

    private static List<String> with(String... options) {
        return Stream.concat(CONTAINER.stream(), Arrays.stream(options)).toList();
    }

    private static List<String> marks(Path temporary) throws IOException {
        try (Stream<Path> files = Files.list(OwnDirectory.in(temporary))) {
            return files.map(file -> file.getFileName().toString().replaceFirst("\\.lock$", ""))
                    .filter(name -> name.startsWith("container-"))
                    .toList();
        }
    }

    /** Where a Docker engine has the image. */
    @Nested
    @EnabledIfEnvironmentVariable(named = "PGAI_TEST_SERVER", matches = "testcontainers.*")
    class WithDocker {

        @Test
        void the_server_is_set_up_as_promised() throws Exception {
            TestDatabases databases = TestDatabases.builder()
                    .server(TestServer.testcontainers())
                    .vector(TestVector.REAL)
                    .catalog(TestCatalog.none())
                    .build();
            try (TestDatabase database = databases.create();
                    TestDatabase other = databases.create();
                    Connection connection = database.connection()) {
                assertThat(databases.describe())
                        .matches("PostgreSQL 17\\.\\d+ in a container of pgvector/pgvector:pg17, locale: libc:C.UTF-8,"
                                + " vector: pgvector 0\\.\\S+, catalog: none");
                assertThat(other.url().replace(other.name(), database.name())).isEqualTo(database.url());
                assertThat(Query.text(connection, "show fsync")).isEqualTo("off");
                assertThat(Query.text(connection, "show synchronous_commit")).isEqualTo("off");
                assertThat(Query.text(connection, "show full_page_writes")).isEqualTo("off");
                assertThat(Query.text(connection, "show server_encoding")).isEqualTo("UTF8");
                assertThat(Query.text(
                                connection, "select datcollate from pg_database where datname = current_database()"))
                        .isEqualTo("C.UTF-8");
                assertThat(Query.text(connection, "select pg_read_file('postmaster.opts')"))
                        .contains("timezone=UTC");
                assertThat(Query.text(
                                connection,
                                "select pg_read_file('/proc/self/mounts') like '%tmpfs ' || (select regexp_replace("
                                        + "current_setting('data_directory'), '/data$', '')) || ' tmpfs%'"))
                        .isEqualTo("t");
            }
        }

        @Test
        void an_image_that_is_none_is_named() {
            TestDatabases databases = TestDatabases.builder()
                    .server(TestServer.testcontainers("No:Image"))
                    .catalog(TestCatalog.none())
                    .build();
            assertThatExceptionOfType(PgaiException.class)
                    .isThrownBy(databases::create)
                    .withMessageStartingWith("No PostgreSQL in a container of No:Image: ")
                    .withMessageEndingWith("choose it by pgai.test.server=testcontainers:IMAGE.");
        }

        /** The end of one is the end of its container. That of a killed one is removed when the next one starts. */
        @Test
        void no_container_is_left_behind(@TempDir Path temporary, @TempDir Path other) throws Exception {
            String first;
            try (ForkedJvm one = ForkedJvm.start(temporary, CONTAINER, "wait")) {
                one.said();
                first = marks(temporary).get(0);
                Container container = containers(first).get(0);
                assertThat(container.getPorts())
                        .extracting(ContainerPort::getIp)
                        .containsOnly("127.0.0.1");

                PostgresContainer.sweep(OwnDirectory.in(temporary));
                assertThat(containers(first)).hasSize(1);

                one.kill();
            }
            String second;
            try (ForkedJvm next = ForkedJvm.start(temporary, CONTAINER, "wait")) {
                next.said();
                Await.that(() -> containers(first).isEmpty());
                Await.that(() -> marks(temporary).size() == 1);
                second = marks(temporary).get(0);
                next.kill();
            }
            PostgresContainer.sweep(OwnDirectory.in(temporary));
            assertThat(containers(second)).isEmpty();
            assertThat(marks(temporary)).isEmpty();

            try (ForkedJvm one = ForkedJvm.start(other, CONTAINER)) {
                one.said();
                String ended = marks(other).get(0);
                one.awaitEnd();
                assertThat(containers(ended)).isEmpty();
            }
            assertThat(marks(other)).isEmpty();
        }

        private static List<Container> containers(String mark) {
            return DockerClientFactory.lazyClient()
                    .listContainersCmd()
                    .withShowAll(true)
                    .withLabelFilter(Map.of(PostgresContainer.LABEL, mark))
                    .exec();
        }
    }
}
