package dev.pgai.contract.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of definitions that a changelog applies. */
class ApplyVectorizersTest {

    private static final VectorizerDefinition BLOG = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 3))
            .name("blog")
            .destination(Destination.table("blog_embeddings"))
            // An environment variable, too, which Liquibase would replace in a changelog.
            .formatting(Formatting.pythonTemplate("${path} $title $chunk"))
            .build();

    private static final VectorizerDefinition LARGER_BATCHES =
            BLOG.toBuilder().processing(Processing.byDefault().withBatchSize(7)).build();

    private static final VectorizerDefinition LARGER_CHUNKS = BLOG.toBuilder()
            .chunking(
                    Chunking.recursiveCharacterTextSplitter().withChunkSize(100).withChunkOverlap(10))
            .build();

    private static final VectorizerDefinition TITLES = BLOG.toBuilder()
            .name("titles")
            .loading(Loading.column("title"))
            .destination(Destination.table("titles"))
            .build();

    @TempDir
    private Path directory;

    private final TestDatabase database = TestDatabases.standard().create();
    private final Pgai pgai = Pgai.on(database.dataSource());
    private LiquibaseCommands liquibase;

    @BeforeEach
    void create() throws SQLException {
        liquibase = new LiquibaseCommands(directory);
        execute(
                "create table public.blog (id int primary key, title text, content text, path text)",
                "insert into blog values (1, 'a', 'b')");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xml", "yaml", "json"})
    void a_file_is_applied_in_each_format(String format) throws Exception {
        declare(BLOG);
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("file", "vectorizers.json");
        options.put("relativeToChangelogFile", "true");
        options.put("consents", List.of("blog:REEMBEDS_ROWS"));
        Files.writeString(
                directory.resolve("changelog." + format),
                switch (format) {
                    case "xml" -> Changelogs.xml("applyVectorizers", List.of(options));
                    case "yaml" -> Changelogs.yaml("applyVectorizers", List.of(options));
                    default -> Changelogs.json("applyVectorizers", List.of(options));
                });

        liquibase.run("update", LiquibaseCommands.on(database, "changelogFile", "changelog." + format));

        assertThat(pgai.find("blog").orElseThrow().definition())
                .as("Liquibase replaces nothing in it")
                .isEqualTo(BLOG.asStored());
        assertThat(liquibase.told()).contains("Done: create vectorizer \"blog\"");
        // The same in every version of Liquibase and of this project, or all that ever ran would be refused.
        assertThat(query("select md5sum || ' ' || description from databasechangelog"))
                .isEqualTo("9:bc193639057d11d2a949109a81557c67 applyVectorizers file=vectorizers.json");
    }

    @Test
    void a_file_is_applied_as_the_docs_do() throws Exception {
        declare(BLOG);
        Files.writeString(directory.resolve("docs.yaml"), """
                databaseChangeLog:
                  - changeSet:
                      id: vectorizers
                      author: team
                      runOnChange: true
                      changes:
                        - applyVectorizers:
                            file: vectorizers.json
                            relativeToChangelogFile: true
                """);

        liquibase.run("update", LiquibaseCommands.on(database, "changelogFile", "docs.yaml"));

        assertThat(pgai.exists("blog")).isTrue();
    }

    @Test
    void it_runs_again_when_the_file_is_edited_and_keeps_embeddings() throws Exception {
        declare(BLOG);
        update();
        int id = pgai.find("blog").orElseThrow().id();
        assertThat(run("status")).contains("is up to date");

        // The same in another spelling is the same.
        write("{\"vectorizers\":\n[" + VectorizerJson.write(BLOG) + "], \"removed\": []}");
        assertThat(run("status")).contains("is up to date");

        declare(TITLES, LARGER_BATCHES);
        update();

        assertThat(liquibase.told()).contains("Done: create vectorizer \"titles\"", "Done: alter vectorizer \"blog\"");
        assertThat(pgai.find("blog").orElseThrow().definition()).isEqualTo(LARGER_BATCHES.asStored());
        assertThat(pgai.find("blog").orElseThrow().id()).isEqualTo(id);

        declare(TITLES);
        update();
        assertThat(liquibase.told()).contains("Nothing to do: ");
        assertThat(pgai.exists("blog")).as("stays undeclared").isTrue();
    }

    @Test
    void without_run_on_change_an_edited_file_is_refused() throws Exception {
        declare(BLOG);
        changelog("<changeSet author=\"test\" id=\"1\"><pgai:applyVectorizers file=\"vectorizers.json\"/></changeSet>");
        run("update");
        declare(LARGER_BATCHES);

        assertThatThrownBy(() -> run("update")).hasStackTraceContaining("check sum");
    }

    @Test
    void what_embeds_rows_again_is_refused_with_the_plan() throws Exception {
        pgai.create(BLOG);
        declare(TITLES, LARGER_CHUNKS);

        assertThatThrownBy(this::update)
                .hasStackTraceContaining("applyVectorizers: vectorizers.json: Cannot carry out the plan")
                .hasStackTraceContaining("Agree to it by the consent blog:REEMBEDS_ROWS")
                .hasStackTraceContaining("Alter, and queue the rows again, of vectorizer \"blog\"")
                .hasStackTraceContaining("chunking.chunk_size: 800 -> 100");
        assertThat(pgai.exists("titles")).as("all or nothing").isFalse();

        // Agreed to, and a worker might still be at it.
        assertThatThrownBy(() -> update("blog:REEMBEDS_ROWS"))
                .hasStackTraceContaining("a change set before disables the vectorizer, by disableVectorizer");
        assertThat(pgai.exists("titles")).as("all or nothing").isFalse();

        changelog("<changeSet author=\"test\" id=\"before\"><pgai:disableVectorizer name=\"blog\"/></changeSet>"
                + changeSet("", "blog:REEMBEDS_ROWS")
                + "<changeSet author=\"test\" id=\"after\"><pgai:enableVectorizer name=\"blog\"/></changeSet>");
        run("update");
        assertThat(pgai.find("blog").orElseThrow().definition()).isEqualTo(LARGER_CHUNKS.asStored());
        assertThat(pgai.exists("titles")).isTrue();

        // What was agreed to once may go.
        changelog("<changeSet author=\"test\" id=\"before\"><pgai:disableVectorizer name=\"blog\"/></changeSet>"
                + changeSet("")
                + "<changeSet author=\"test\" id=\"after\"><pgai:enableVectorizer name=\"blog\"/></changeSet>");
        assertThat(run("status")).contains("is up to date");
    }

    @Test
    void another_model_and_a_removal_need_consent() throws Exception {
        pgai.create(BLOG);
        pgai.create(TITLES);
        VectorizerDefinition other =
                BLOG.toBuilder().embedding(Embedding.openai("other", 3)).build();
        write("{\"vectorizers\": [" + VectorizerJson.write(other) + "], \"removed\": [\"titles\"]}");

        assertThatThrownBy(() -> update("blog:LOSES_EMBEDDINGS", "blog:REEMBEDS_ROWS"))
                .hasStackTraceContaining("Agree to it by the consent titles:LOSES_EMBEDDINGS")
                .hasStackTraceContaining("Drop and create vectorizer \"blog\"");
        update(
                "blog:LOSES_EMBEDDINGS",
                "blog:REEMBEDS_ROWS",
                "blog:SEARCH_GAP",
                "blog:BLOCKS_WRITES",
                "titles:LOSES_EMBEDDINGS");

        assertThat(pgai.exists("titles")).isFalse();
        assertThat(pgai.find("blog").orElseThrow().definition()).isEqualTo(other.asStored());
    }

    @Test
    void what_is_damaged_is_repaired_at_each_update_when_told_to() throws Exception {
        declare(BLOG);
        changelog(changeSet("runAlways=\"true\"", "blog:REEMBEDS_ROWS", "blog:BLOCKS_WRITES"));
        run("update");
        execute("drop view blog_embeddings");

        run("update");

        assertThat(pgai.inspect("blog").damages()).isEmpty();
        execute("alter table blog rename content to text");
        assertThatThrownBy(() -> run("update")).hasStackTraceContaining("COLUMN_MISSING");
    }

    @Test
    void mistakes_are_found_when_liquibase_validates() throws Exception {
        changelog("<changeSet author=\"test\" id=\"1\"><pgai:applyVectorizers file=\"absent.json\"/></changeSet>"
                + "<changeSet author=\"test\" id=\"2\"><ext:applyVectorizers fil=\"a\"><ext:consents value=\"blog\"/>"
                + "</ext:applyVectorizers></changeSet>"
                + "<changeSet author=\"test\" id=\"3\"><pgai:applyVectorizers file=\"broken.json\"/></changeSet>"
                + "<changeSet author=\"test\" id=\"4\"><pgai:applyVectorizers file=\"latin.json\"/></changeSet>");
        Files.writeString(directory.resolve("broken.json"), "[{\"name\": \"blog\"}]");
        Files.write(directory.resolve("latin.json"), new byte[] {'[', (byte) 0xe4, ']'});

        for (String command : List.of("validate", "update")) {
            assertThatThrownBy(() -> run(command))
                    .hasStackTraceContaining(
                            "applyVectorizers: file = \"absent.json\" is refused: there is no such file")
                    .hasStackTraceContaining("applyVectorizers: file is not set: it is required")
                    .hasStackTraceContaining("applyVectorizers: consents = \"blog\" is refused")
                    .hasStackTraceContaining("applyVectorizers: fil = \"a\" is refused")
                    .hasStackTraceContaining("applyVectorizers: broken.json: ")
                    .hasStackTraceContaining("applyVectorizers: file = \"latin.json\" is refused: it is not UTF-8");
        }
    }

    @Test
    void a_file_may_stand_beside_its_changelog() throws Exception {
        Files.createDirectories(directory.resolve("db/more"));
        Files.writeString(directory.resolve("db/more/vectorizers.json"), "[" + VectorizerJson.write(BLOG) + "]");
        String set = "<changeSet author=\"test\" id=\"1\"><pgai:applyVectorizers file=\"%s\""
                + " relativeToChangelogFile=\"true\"/></changeSet>";
        for (String path : List.of("more/vectorizers.json", "./more/../more/vectorizers.json")) {
            Files.writeString(directory.resolve("db/changelog.xml"), Changelogs.xml(set.formatted(path)));
            liquibase.run("update", LiquibaseCommands.on(database, "changelogFile", "db/changelog.xml"));
            assertThat(pgai.exists("blog")).isTrue();
        }
        Files.writeString(directory.resolve("db/changelog.xml"), Changelogs.xml(set.formatted("vectorizers.json")));
        assertThatThrownBy(() ->
                        liquibase.run("validate", LiquibaseCommands.on(database, "changelogFile", "db/changelog.xml")))
                .hasStackTraceContaining("there is no such file beside the changelog");
    }

    @Test
    void a_rollback_is_refused_unless_it_says_what_was_before() throws Exception {
        declare(BLOG);
        Files.writeString(directory.resolve("before.json"), "[" + VectorizerJson.write(BLOG) + "]");
        update();
        assertThatThrownBy(() -> run("rollbackCount", "count", 1))
                .hasStackTraceContaining("To apply vectorizers.json is not undone")
                .hasStackTraceContaining("applyVectorizers with the file of before");

        declare(LARGER_BATCHES);
        changelog("<changeSet author=\"test\" id=\"applied\" runOnChange=\"true\">"
                + "<pgai:applyVectorizers file=\"vectorizers.json\"/>"
                + "<rollback><pgai:applyVectorizers file=\"before.json\"/></rollback></changeSet>");
        run("update");
        assertThat(pgai.find("blog").orElseThrow().definition()).isEqualTo(LARGER_BATCHES.asStored());

        run("rollbackCount", "count", 1);

        assertThat(pgai.find("blog").orElseThrow().definition()).isEqualTo(BLOG.asStored());
    }

    @Test
    void a_script_does_what_is_known_and_nothing_else() throws Exception {
        declare(BLOG);
        changelog(changeSet(""));

        String script = run("updateSql");

        assertThat(script)
                .contains("-- 1. Create vectorizer \"blog\"")
                .contains("select ai.create_vectorizer(")
                .doesNotContain("this script cannot do it");
        assertThat(pgai.list()).isEmpty();

        execute("drop table blog cascade");
        assertThat(run("updateSql"))
                .contains("-- ERROR ", "this script cannot do it")
                .doesNotContain("select ai.create_vectorizer(");
        String offline = liquibase.run(
                "updateSql",
                Map.of(
                        "url",
                        "offline:postgresql?changeLogFile=" + directory.resolve("history"),
                        "changelogFile",
                        "changelog.xml"));
        assertThat(offline).contains("planned when it runs");
        String block = offline.lines().filter(line -> line.startsWith("do ")).collect(Collectors.joining());
        assertThatThrownBy(() -> execute(block)).hasMessageContaining("this script cannot do it");
    }

    /** Its store is left alone by a diff before there is one. */
    @Test
    void what_the_configured_changelog_applies_is_declared() throws Exception {
        declare(BLOG);
        changelog(changeSet(""));
        try (TestDatabase model = TestDatabases.standard().create()) {
            Pgai.on(model.dataSource());
            try (Connection connection = model.connection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table public.blog (id int primary key, title text, content text)");
                statement.execute("create table public.blog_embeddings_store (a int primary key)");
            }
            assertThat(liquibase.diffChangelog(LiquibaseCommands.between(model, database)))
                    .contains("blog_embeddings_store");

            assertThat(new LiquibaseCommands(directory)
                            .with("liquibase.pgai.definitions", "changelog.xml")
                            .diffChangelog(LiquibaseCommands.between(model, database)))
                    .doesNotContain("blog_embeddings_store");
        }
    }

    private void declare(VectorizerDefinition... definitions) throws IOException {
        write(Stream.of(definitions).map(VectorizerJson::write).collect(Collectors.joining(",", "[", "]")));
    }

    private void write(String file) throws IOException {
        Files.writeString(directory.resolve("vectorizers.json"), file);
    }

    private static String changeSet(String attributes, String... consents) {
        return "<changeSet author=\"test\" id=\"applied\" " + attributes
                + "><pgai:applyVectorizers file=\"vectorizers.json\">"
                + Stream.of(consents)
                        .map(consent -> "<pgai:consents value=\"" + consent + "\"/>")
                        .collect(Collectors.joining())
                + "</pgai:applyVectorizers></changeSet>";
    }

    private void changelog(String sets) throws IOException {
        Files.writeString(directory.resolve("changelog.xml"), Changelogs.xml(sets));
    }

    private void update(String... consents) throws Exception {
        changelog(changeSet("runOnChange=\"true\"", consents));
        run("update");
    }

    private String run(String command, Object... arguments) throws Exception {
        Map<String, Object> all = LiquibaseCommands.on(database, arguments);
        all.put("changelogFile", "changelog.xml");
        return liquibase.run(command, all);
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
