package dev.pgai.contract.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.cli.Shell.Ended;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project {@code examples/drift}: as it is, and with a definition that somebody edited. */
class DriftExampleTest {

    private static final Path EXAMPLE = Path.of("../examples/drift");

    private static final Path RESOURCES = Path.of("src/main/resources");

    private static final Path FILE = RESOURCES.resolve("vectorizers.json");

    @TempDir
    private Path folder;

    @Test
    void its_migration_is_what_the_command_line_writes() throws Exception {
        try (Shell shell = new Shell()) {
            shell.execute("drop table blog", Files.readString(migration("V1__Create_blog.sql")));

            Ended ended = shell.run(
                    "",
                    "generate",
                    EXAMPLE.resolve(FILE).toString(),
                    "--for=flyway",
                    "--migration-version=2",
                    "--name=blog vectorizer",
                    "--directory=" + folder);

            assertThat(ended.code()).as(ended.toString()).isZero();
            assertThat(withoutFingerprint(migration("V2__blog_vectorizer.sql")))
                    .isEqualTo(withoutFingerprint(folder.resolve("V2__blog_vectorizer.sql")));
        }
    }

    private static Path migration(String name) {
        return EXAMPLE.resolve(RESOURCES).resolve("db/migration").resolve(name);
    }

    /** It knows the settings of a database. */
    private static List<String> withoutFingerprint(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("-- Plan "))
                .toList();
    }

    @Test
    void its_test_passes_as_it_is() throws Exception {
        Ended ended = test(Files.readString(EXAMPLE.resolve(FILE)));

        assertThat(ended.code()).as(ended.toString()).isZero();
        assertThat(folder.resolve("target/drift.md")).hasContent("### Vectorizers: nothing to do");
    }

    @Test
    void an_edited_definition_fails_its_test_with_the_plan() throws Exception {
        Ended ended = test(Files.readString(EXAMPLE.resolve(FILE))
                .replace("$title - $chunk", "$title: $chunk")
                .replace("\"removed\": []", "\"removed\": [\"old_one\"]"));

        assertThat(ended.code()).as(ended.toString()).isEqualTo(1);
        assertThat(ended.out())
                .contains("Expecting the database to be as desired, but it takes")
                .contains("1. Alter, and queue the rows again, of vectorizer \"blog_content_embedder\"")
                .contains("formatting.template: \"$title - $chunk\" -> \"$title: $chunk\"")
                .contains("REEMBEDS_ROWS: rows are embedded and paid for again");
        assertThat(folder.resolve("target/drift.md"))
                .content()
                .startsWith("### Vectorizers: 1 step\n")
                .contains("REEMBEDS&#95;ROWS");
    }

    /** As the build of the project runs it: in its folder, with its resources. */
    private Ended test(String definitions) throws Exception {
        Path classes = Files.createDirectories(folder.resolve("target/test-classes"));
        Path source = EXAMPLE.resolve("src/test/java/com/example/drift/DriftTest.java");
        Path main = Path.of("src/test/java/dev/pgai/contract/cli/OneTestMain.java");
        int compiled = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK, not a JRE")
                .run(null, null, null, "-proc:none", "-d", classes.toString(), source.toString(), main.toString());
        assertThat(compiled).isZero();
        try (Stream<Path> all = Files.walk(EXAMPLE.resolve(RESOURCES))) {
            for (Path file : all.toList()) {
                Path copy = folder.resolve(EXAMPLE.relativize(file));
                Files.createDirectories(copy.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, copy);
                }
            }
        }
        Files.writeString(folder.resolve(FILE), definitions);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                classes.toString(),
                                folder.resolve(RESOURCES).toString(),
                                libraries()),
                        OneTestMain.class.getName(),
                        "com.example.drift.DriftTest")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), out, "");
        } finally {
            process.destroyForcibly();
        }
    }

    /** Without the migrations of other tests. */
    private static String libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).endsWith("contract-tests/target/test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
