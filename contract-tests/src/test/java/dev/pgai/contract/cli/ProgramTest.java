package dev.pgai.contract.cli;

import static dev.pgai.contract.cli.Shell.BLOG;
import static dev.pgai.contract.cli.Shell.IN_LARGER_CHUNKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.cli.Shell.Ended;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.VectorizerJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jar, in a process of its own. Each start costs half a second; what needs none is in {@link CommandsTest}. */
class ProgramTest {

    private static final String ALL = "[" + BLOG.replace("\"m\"", "\"é\"") + "]";

    private final Shell shell;

    ProgramTest() throws SQLException {
        shell = new Shell();
    }

    @AfterEach
    void closeShell() {
        shell.close();
    }

    @Test
    void the_jar_has_services_and_licences() throws IOException {
        try (ZipFile jar = new ZipFile(Shell.jar().toFile())) {
            assertThat(jar.getEntry("META-INF/services/java.sql.Driver")).isNotNull();
            assertThat(jar.getEntry("META-INF/services/org.slf4j.spi.SLF4JServiceProvider"))
                    .isNotNull();
            assertThat(new String(
                            jar.getInputStream(jar.getEntry("META-INF/LICENSE")).readAllBytes(),
                            StandardCharsets.UTF_8))
                    .contains(Files.readString(Path.of("../LICENSE")).strip())
                    .contains("PostgreSQL Global Development Group");
        }
    }

    @Test
    void data_is_utf_8_and_nothing_else_is_printed() throws Exception {
        shell.with("LC_ALL", "C").without("PGAI_URL");

        Ended ended = shell.runJar(ALL, "render", "-");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("'é'").endsWith(";\n");
    }

    @Test
    void it_plans_applies_and_sees_no_drift(@TempDir Path folder) throws Exception {
        String file = Files.writeString(folder.resolve("vectorizers.json"), ALL).toString();

        assertThat(shell.runJar("", "drift", file).code()).isEqualTo(2);
        Ended applied = shell.runJar("", "apply", file);
        assertThat(applied.err()).isEmpty();
        assertThat(applied.code()).isZero();
        assertThat(shell.runJar("", "drift", file))
                .isEqualTo(new Ended(0, "Nothing to do: the database is as desired.\n", ""));
    }

    /** None of the tools is in the jar. */
    @ParameterizedTest
    @CsvSource({"flyway-java,VectorizerMigration", "liquibase,createVectorizer", "mybatis,@UNDO"})
    void migrations_are_written_without_their_tools(String tool, String content) throws Exception {
        Ended ended = shell.runJar(ALL, "generate", "-", "--for", tool, "--stdout");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains(content);
    }

    @Test
    void a_missing_server_is_an_error_in_a_sentence() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        Ended ended = shell.runJar(ALL, "drift", "-", "--url", "jdbc:postgresql://localhost:" + port + "/none");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .startsWith("pgai: Cannot connect to localhost:" + port + "/none: ");
    }

    @Test
    void a_password_in_an_argument_is_refused() throws Exception {
        Ended ended = shell.runJar("", "status", "--url", shell.place() + "?password=hunter2");

        assertThat(ended.code()).isEqualTo(64);
        assertThat(ended.err()).contains("PGAI_PASSWORD", ".pgpass").doesNotContain("hunter2");
    }

    @Test
    void service_file_and_password_file_say_where_to_connect(@TempDir Path folder) throws Exception {
        Path services = folder.resolve("services.conf");
        Files.writeString(
                services,
                "[blog]\nhost=" + shell.database().host() + "\nport="
                        + shell.database().port() + "\ndbname="
                        + shell.database().name() + "\nuser=" + shell.database().user() + "\n");
        Path passwords = Files.createFile(
                folder.resolve("pgpass"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwords, "*:*:*:*:" + shell.database().password() + "\n");
        shell.without("PGAI_URL", "PGAI_USER", "PGAI_PASSWORD")
                .with("PGSERVICEFILE", services.toString())
                .with("PGPASSFILE", passwords.toString());

        Ended ended = shell.runJar("", "status", "--url", "jdbc:postgresql://?service=blog");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).startsWith("vectorizer ");
    }

    /** A map of Map.of has another order in each. */
    @Test
    void each_jvm_makes_the_same_plan_and_the_same_files(@TempDir Path folder) throws Exception {
        Pgai.on(shell.database().dataSource()).create(VectorizerJson.read(BLOG));
        String file = Files.writeString(folder.resolve("vectorizers.json"), "[" + IN_LARGER_CHUNKS + "]")
                .toString();
        for (String command : List.of(
                "plan " + file + " --json",
                "generate " + file + " --for liquibase --stdout --migration-version 1 --consent blog:REEMBEDS_ROWS")) {
            String[] arguments = command.split(" ", -1);
            Ended here = shell.run("", arguments);
            assertThat(here.code()).isZero();
            for (int i = 0; i < 3; i++) {
                assertThat(shell.runJar("", arguments)).isEqualTo(here);
            }
        }
    }

    @Test
    void a_status_is_watched() throws Exception {
        Pgai.on(shell.database().dataSource()).create(VectorizerJson.read(BLOG));
        Process process = shell.start("status", "--json", "--watch", "1");
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).contains("\"rows\":4");
            shell.execute("insert into public.blog values (5, 'title', 'more')");
            assertThat(lines.readLine()).contains("\"rows\":5");
        } finally {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_shell_completes_commands() throws Exception {
        Ended ended = shell.runJar("", "generate-completion");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("apply", "--consent", "jooq-sql", "generate", "flyway-java", "yaml");
        Process bash =
                new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        bash.getOutputStream().write(ended.out().getBytes(StandardCharsets.UTF_8));
        bash.getOutputStream().close();
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(bash.waitFor()).isZero();
    }
}
