package dev.pgai.contract.recorded;

import dev.pgai.PgaiException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.jdbc.Pgai;
import dev.pgai.sql.SqlText;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.vectorizer.Embeddings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;

/** Runs recorded statements through the library: a create, drop, enable or disable becomes the method of that name. */
final class ApiReplay {

    private static final Pattern CREATE = Pattern.compile(
            "(?<before>(?:[^;']*;\\s*)*)select (?<call>ai\\.create_vectorizer\\(.*\\))(?<after>(?:;[^;']*)*)",
            Pattern.DOTALL);
    private static final Pattern DROP =
            Pattern.compile("select ai\\.drop_vectorizer\\((?<key>'?\\w+'?)(?<all>, drop_all => true)?\\)");
    private static final Pattern SCHEDULE =
            Pattern.compile("select ai\\.(?<verb>enable|disable)_vectorizer_schedule\\((?<key>'?\\w+'?)\\)");

    private final TestDatabase database;

    private ApiReplay(TestDatabase database) {
        this.database = database;
    }

    /** Installs what turns a call into a change. */
    static ApiReplay on(TestDatabase database) throws SQLException, IOException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                InputStream script = Objects.requireNonNull(ApiReplay.class.getResourceAsStream("/capture.sql"))) {
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        return new ApiReplay(database);
    }

    /**
     * Runs one recorded statement, on a connection of its own.
     *
     * @return the result as it was recorded: the id of a create, else the rows
     * @throws PgaiException when the library, or the database through it, refuses
     */
    String run(String sql) throws SQLException {
        Matcher create = CREATE.matcher(sql);
        Matcher drop = DROP.matcher(sql);
        Matcher schedule = SCHEDULE.matcher(sql);
        if (create.matches()) {
            VectorizerChange change = change(create.group("call"));
            try (Connection connection = StepRunner.simpleProtocol(database)) {
                execute(connection, create.group("before"));
                String id =
                        String.valueOf(Pgai.on(connection).apply(change).id().orElseThrow());
                execute(connection, create.group("after"));
                return id;
            }
        }
        try (Connection connection = StepRunner.simpleProtocol(database)) {
            if (drop.matches()) {
                Pgai.on(connection)
                        .drop(
                                name(connection, drop.group("key")),
                                drop.group("all") == null ? Embeddings.KEEP : Embeddings.DROP);
                return "";
            }
            if (schedule.matches()) {
                schedule(
                        Pgai.on(connection),
                        name(connection, schedule.group("key")),
                        schedule.group("verb").equals("enable"));
                return "";
            }
            RecordedCase.Step step = StepRunner.run(connection, sql);
            if (step.failed()) {
                throw new PgaiException(step.outcome());
            }
            return step.json().get("result").asText();
        }
    }

    /** What a statement creates, if it is a create: what runs before it, and the change. */
    Optional<Create> create(String sql) throws SQLException {
        Matcher create = CREATE.matcher(sql);
        return create.matches()
                ? Optional.of(new Create(create.group("before"), change(create.group("call"))))
                : Optional.empty();
    }

    record Create(String before, VectorizerChange change) {}

    /** Whether the statement is a create and nothing else. */
    static boolean isCreate(String sql) {
        Matcher create = CREATE.matcher(sql);
        return create.matches()
                && create.group("before").isEmpty()
                && create.group("after").isEmpty();
    }

    private VectorizerChange change(String call) throws SQLException {
        String capture = "select " + call.replaceFirst("ai\\.create_vectorizer", "capture.create_vectorizer");
        try (Connection connection = StepRunner.simpleProtocol(database);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet rows = statement.executeQuery(capture)) {
                rows.next();
                return RecordedCase.create(rows.getString(1));
            } catch (PSQLException e) {
                throw new PgaiException(
                        "An option's own function refuses, where the library has a type: " + e.getMessage(), e);
            }
        }
    }

    private static void schedule(Pgai pgai, String name, boolean enable) {
        if (enable) {
            pgai.enable(name);
        } else {
            pgai.disable(name);
        }
    }

    /** The library knows a vectorizer by its name, and some cases by its id. */
    private static String name(Connection connection, String key) throws SQLException {
        if (key.startsWith("'")) {
            return name(key);
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select name from ai.vectorizer where id = " + key)) {
            return row.next() ? row.getString(1) : "there_is_no_" + key;
        }
    }

    private static String name(String literal) {
        String name = literal.substring(1, literal.length() - 1);
        if (!SqlText.literal(name).equals(literal)) {
            throw new IllegalArgumentException(literal);
        }
        return name;
    }

    static void execute(Connection connection, String sql) throws SQLException {
        if (!sql.replace(";", "").isBlank()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }
}
