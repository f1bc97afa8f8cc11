package dev.pgai.contract.cli;

import static dev.pgai.contract.cli.Shell.BLOG;
import static dev.pgai.contract.cli.Shell.IN_LARGER_CHUNKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.contract.cli.Shell.Ended;
import dev.pgai.contract.liquibase.LiquibaseCommands;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.DesiredState;
import dev.pgai.vectorizer.VectorizerJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that the program writes, and what the tools that they are for make of them. */
class GenerateTest {

    private static final String ALL = "[" + BLOG + "]";

    private final Shell shell;
    private final Pgai pgai;

    @TempDir
    private Path folder;

    GenerateTest() throws SQLException {
        shell = new Shell();
        pgai = Pgai.on(shell.database().dataSource());
    }

    @AfterEach
    void closeShell() {
        shell.close();
    }

    private Ended generate(String definitions, String tool, String... options) {
        return shell.run(
                definitions,
                Stream.concat(
                                Stream.of("generate", "-", "--for", tool, "--directory", folder.toString()),
                                Stream.of(options))
                        .toArray(String[]::new));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    private boolean isAsDesired(String definitions) {
        return !pgai.plan(DesiredState.read(definitions)).isDrift();
    }

    @Test
    void what_is_written_for_flyway_is_migrated_by_it() throws IOException {
        pgai.create(VectorizerJson.read(BLOG));
        String larger = "[" + IN_LARGER_CHUNKS + "]";

        Ended ended = generate(
                larger, "flyway", "--name", "larger chunks", "--migration-version=7", "--consent=blog:REEMBEDS_ROWS");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .startsWith("1 step (fingerprint ")
                .contains("\nWritten: " + folder.resolve("V8__larger_chunks.sql") + "\n");
        assertThat(files())
                .containsExactly(
                        "U7__larger_chunks_before.sql",
                        "U8__larger_chunks.sql",
                        "U9__larger_chunks_after.sql",
                        "V7__larger_chunks_before.sql",
                        "V8__larger_chunks.sql",
                        "V9__larger_chunks_after.sql");
        assertThat(isAsDesired(larger)).isFalse();
        Flyway flyway = Flyway.configure()
                .dataSource(
                        shell.database().url(),
                        shell.database().user(),
                        shell.database().password())
                .locations("filesystem:" + folder)
                .baselineOnMigrate(true)
                .load();
        assertThat(flyway.migrate().migrationsExecuted).isEqualTo(3);
        assertThat(isAsDesired(larger)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yaml", "xml", "json"})
    void what_is_written_for_liquibase_is_updated_by_it(String format) throws Exception {
        Ended ended = generate(ALL, "liquibase", "--format", format, "--author", "team", "--migration-version=5");

        assertThat(ended.code()).as(ended.toString()).isZero();
        assertThat(files()).containsExactly("5_vectorizers." + format);
        new LiquibaseCommands(folder)
                .run("update", LiquibaseCommands.on(shell.database(), "changelogFile", "5_vectorizers." + format));
        assertThat(isAsDesired(ALL)).isTrue();
        assertThat(shell.query("select author from databasechangelog where id = '5'"))
                .isEqualTo("team");
    }

    @ParameterizedTest
    @CsvSource({
        "mybatis,5_vectorizers.sql,-- //@UNDO",
        "sql,5_vectorizers.up.sql,begin;",
        "flyway-java,com/example/V5__vectorizers.java,extends VectorizerMigration"
    })
    void each_tool_has_its_form(String tool, String name, String content) throws IOException {
        List<String> options = tool.equals("flyway-java")
                ? List.of("--migration-version=5", "--package=com.example")
                : List.of("--migration-version=5");

        assertThat(generate(ALL, tool, options.toArray(String[]::new)).code()).isZero();

        assertThat(files()).contains(name);
        assertThat(folder.resolve(name)).content().contains(content);
    }

    @Test
    void a_version_is_a_time_by_default() throws IOException {
        assertThat(generate(ALL, "mybatis").code()).isZero();

        assertThat(files()).singleElement().asString().matches("20[0-9]{12}_vectorizers\\.sql");
    }

    @Test
    void nothing_is_written_where_nothing_is_to_do() throws IOException {
        pgai.create(VectorizerJson.read(BLOG));

        assertThat(generate(ALL, "flyway"))
                .isEqualTo(new Ended(
                        0,
                        "Nothing to do: the database is as desired.\n",
                        "Nothing to do, and no file was written.\n"));
        assertThat(shell.run(ALL, "generate", "-", "--for=flyway", "--stdout").out())
                .isEmpty();
        assertThat(generate(ALL, "flyway", "--json").out()).endsWith(",\"files\":[]}\n");
        assertThat(files()).isEmpty();
    }

    @Test
    void a_file_that_is_there_is_not_overwritten_and_nothing_else_is_written() throws IOException {
        Path there = Files.writeString(folder.resolve("U5__vectorizers.sql"), "mine");

        Ended ended = generate(ALL, "flyway", "--migration-version=5");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .startsWith("pgai: " + there + " is there already")
                .contains("Nothing was written");
        assertThat(files()).containsExactly("U5__vectorizers.sql");
        assertThat(there).hasContent("mine");
    }

    @Test
    void folders_of_a_failure_are_taken_away() throws IOException {
        Files.writeString(folder.resolve("com"), "a file");

        Ended ended = generate(ALL, "flyway-java", "--package=com.example");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .isEqualTo("pgai: Cannot write into " + folder + ": " + folder.resolve("com")
                        + " is no directory. Nothing was written.\n");
        assertThat(files()).containsExactly("com");
        Files.delete(folder.resolve("com"));
        Files.createDirectories(folder.resolve("a/V5__vectorizers.java"));
        assertThat(generate(ALL, "flyway-java", "--package=a.b", "--migration-version=5")
                        .code())
                .isZero();
        assertThat(generate(ALL, "flyway-java", "--package=a", "--migration-version=5")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void what_nobody_has_agreed_to_is_not_written() throws IOException {
        pgai.create(VectorizerJson.read(BLOG));
        String none = "{\"vectorizers\": [], \"removed\": [\"blog\"]}";

        Ended refused = generate(none, "flyway");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("--consent 'blog:LOSES_EMBEDDINGS'");
        assertThat(files()).isEmpty();
        assertThat(generate(none, "flyway", "--fingerprint", "0".repeat(32), "--consent=blog:LOSES_EMBEDDINGS")
                        .err())
                .contains("no longer the one of fingerprint");
        assertThat(generate(none, "flyway", "--consent=blog:LOSES_EMBEDDINGS").code())
                .isZero();
        assertThat(files()).hasSize(1);
    }

    @Test
    void a_plan_with_errors_has_no_files() throws IOException {
        pgai.create(VectorizerJson.read(BLOG));

        Ended ended = generate("[" + BLOG.replace("\"name\": \"blog\"", "\"name\": \"articles\"") + "]", "sql");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("The plan has 1 error");
        assertThat(files()).isEmpty();
    }

    @Test
    void what_a_tool_would_replace_is_an_error() throws IOException {
        String braces = "["
                + BLOG.replace(
                        "\"destination\": {",
                        "\"formatting\": {\"implementation\": \"python_template\", \"template\": \"${title} $chunk\"},"
                                + " \"destination\": {")
                + "]";

        Ended ended = generate(braces, "flyway", "--migration-version=5");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("V5__vectorizers.sql", "placeholder");
        assertThat(files()).isEmpty();
    }

    @Test
    void files_are_printed() {
        Ended sql = shell.run(ALL, "generate", "-", "--for=sql", "--stdout", "--migration-version=5");
        assertThat(sql.err()).isEmpty();
        assertThat(sql.out())
                .startsWith("-- 5_vectorizers.up.sql\n-- vectorizers\n")
                .contains("\ncommit;\n-- 5_vectorizers.down.sql\n")
                .endsWith("\ncommit;\n");

        assertThat(shell.run(ALL, "generate", "-", "--for=liquibase", "--stdout")
                        .out())
                .startsWith("databaseChangeLog:\n  - changeSet:\n");

        assertThat(shell.run(ALL, "generate", "-", "--for=sql", "--stdout", "--json", "--price=0.02")
                        .out())
                .startsWith("{\"plan\":{\"format_version\":1,")
                .contains(",\"files\":[{\"name\":\"20")
                .contains(".up.sql\",\"content\":\"-- vectorizers\\n");
    }

    @Test
    void what_was_written_is_said_to_programs() {
        Ended ended = generate(ALL, "flyway", "--migration-version=5", "--json");

        assertThat(ended.out())
                .startsWith("{\"plan\":{\"format_version\":1,")
                .contains(",\"files\":[{\"name\":\"V5__vectorizers.sql\",\"path\":\""
                        + folder.resolve("V5__vectorizers.sql") + "\"},");
    }

    @Test
    void a_database_is_exported_as_java() throws IOException {
        pgai.create(VectorizerJson.read(BLOG));

        Ended printed = shell.run("", "export", "--java", "com.example.Vectorizers");
        assertThat(printed.err()).isEmpty();
        assertThat(printed.code()).isZero();
        assertThat(printed.out())
                .startsWith("package com.example;\n")
                .contains("public final class Vectorizers {", "    public static final VectorizerDefinition BLOG = ")
                .endsWith("}\n");

        Path file = folder.resolve("com/example/Vectorizers.java");
        Ended written =
                shell.run("", "export", "blog", "--java", "com.example.Vectorizers", "--directory", folder.toString());
        assertThat(written).isEqualTo(new Ended(0, "Written: " + file + "\n", ""));
        assertThat(file).hasContent(printed.out());
        assertThat(shell.run("", "export", "--java", "com.example.Vectorizers", "--directory", folder.toString())
                        .err())
                .contains("is there already");
        assertThat(shell.run("", "export", "--java", "com.example.Embedding").code())
                .isEqualTo(64);
    }
}
