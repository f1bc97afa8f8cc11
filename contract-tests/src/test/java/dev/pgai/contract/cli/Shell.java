package dev.pgai.contract.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.cli.Cli;
import dev.pgai.cli.Terminal;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who types commands for a database with a table {@code public.blog}. Whatever is printed holds no password.
 */
final class Shell implements AutoCloseable {

    static final String BLOG = """
            {"name": "blog", "source": {"schema": "public", "table": "blog"},
             "loading": {"implementation": "column", "column_name": "content"},
             "embedding": {"implementation": "openai", "model": "m", "dimensions": 3},
             "destination": {"implementation": "table", "destination": "blog_embeddings"}}""";

    static final String IN_LARGER_CHUNKS = BLOG.replace(
            "\"destination\": {",
            "\"chunking\": {\"implementation\": \"recursive_character_text_splitter\", \"chunk_size\": 100,"
                    + " \"chunk_overlap\": 50},"
                    + " \"destination\": {");

    record Ended(int code, String out, String err) {}

    private final TestDatabase database = TestDatabases.standard().create();
    private final Map<String, String> environment = new TreeMap<>();
    private @Nullable Terminal terminal;

    Shell() throws SQLException {
        environment.put("PGAI_URL", place());
        environment.put("PGAI_USER", database.user());
        environment.put("PGAI_PASSWORD", database.password());
        execute(
                "create table public.blog (id bigint primary key, title text, content text)",
                "insert into public.blog select i, 'title', repeat('x', 10) from generate_series(1, 4) i");
    }

    TestDatabase database() {
        return database;
    }

    /** The URL without user and password. */
    String place() {
        return "jdbc:postgresql://" + database.host() + ":" + database.port() + "/" + database.name();
    }

    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Shell without(String... variables) {
        environment.keySet().removeAll(List.of(variables));
        return this;
    }

    Shell at(@Nullable Terminal terminal) {
        this.terminal = terminal;
        return this;
    }

    /** Runs a command in this JVM, with a file of definitions as standard input. */
    Ended run(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new Cli(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        environment,
                        terminal)
                .run(arguments);
        return withoutSecrets(
                new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8)));
    }

    /** Runs the jar, in an environment that has nothing else. */
    Ended runJar(String input, String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        try {
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return withoutSecrets(new Ended(
                    process.exitValue(),
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                    new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)));
        } finally {
            process.destroyForcibly();
        }
    }

    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                jar().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    static Path jar() throws IOException {
        List<Path> jars = new ArrayList<>();
        Path target = Path.of("../pgai-cli/target");
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(target, "pgai-cli-*-all.jar")) {
                found.forEach(jars::add);
            }
        }
        assertThat(jars).as("the jar that mvn package makes").hasSize(1);
        return jars.get(0);
    }

    private Ended withoutSecrets(Ended ended) {
        String password = environment.getOrDefault("PGAI_PASSWORD", "");
        if (password.length() > 3 && !password.equals(database.user())) {
            assertThat(ended.out() + ended.err()).doesNotContain(password);
        }
        return ended;
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    String query(String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return String.valueOf(rows.getString(1));
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
