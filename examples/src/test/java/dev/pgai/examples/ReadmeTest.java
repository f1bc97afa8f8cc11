package dev.pgai.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.database.Problem;
import dev.pgai.database.QueueWait;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerError;
import dev.pgai.jdbc.Pgai;
import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.managed.exclusion.ExclusionFormat;
import dev.pgai.managed.exclusion.ExclusionList;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java and the YAML of README and docs: each block is in the file that it names, and tests run that. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- run by (\\S+) -->\\n)?```(?:java|yaml)\\n(.*?)```", Pattern.DOTALL);

    static List<MatchResult> blocks() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (DirectoryStream<Path> docs = Files.newDirectoryStream(ROOT.resolve("docs"), "*.md")) {
            docs.forEach(pages::add);
        }
        List<MatchResult> blocks = new ArrayList<>();
        for (Path page : pages) {
            BLOCK.matcher(Files.readString(page)).results().forEach(blocks::add);
        }
        return blocks;
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void every_block_is_run_by_a_test(MatchResult block) throws IOException {
        assertThat(block.group(1)).as("the file that runs%n%s", block.group(2)).isNotNull();

        assertThat(squeezed(Files.readString(ROOT.resolve(block.group(1))))).contains(squeezed(block.group(2)));
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }

    @Test
    void create_and_drop() throws SQLException {
        try (TestDatabase database = TestDatabases.standard().create();
                Connection connection = database.connection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table blog (id int primary key, title text, content text)");
            }

            VectorizerDefinition definition = VectorizerDefinition.builder(
                            RelationName.of("public", "blog"),
                            Loading.column("content"),
                            Embedding.openai("text-embedding-3-small", 768))
                    .name("blog_content_embedder")
                    .destination(Destination.table("blog_embeddings"))
                    .formatting(Formatting.pythonTemplate("$title - $chunk"))
                    .build();

            Pgai pgai = Pgai.on(connection); // your connection, your transaction
            pgai.create(definition);
            pgai.drop("blog_content_embedder", Embeddings.DROP);

            assertThat(pgai.list()).isEmpty();
        }
    }

    @Test
    void what_is_wrong_is_found_before_anything_is_created() throws SQLException {
        try (TestDatabase database = TestDatabases.standard().create();
                Connection connection = database.connection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table blog (id int primary key, content text)");
            }
            Pgai pgai = Pgai.on(connection);
            VectorizerDefinition definition = BlogMigration.VECTORIZER;

            for (Problem problem : pgai.check(definition)) {
                System.out.println(problem.severity() + " " + problem);
                // ERROR formatting.template: The source has no column "title", so that the worker would fail. ...
            }

            assertThat(pgai.check(definition))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.severity() + " " + problem)
                            .startsWith("ERROR formatting.template: The source has no column \"title\","
                                    + " so that the worker would fail."));
        }
    }

    @Test
    void managed_objects() throws SQLException {
        try (TestDatabase database = TestDatabases.standard().create();
                Connection connection = database.connection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table blog (id int primary key, title text, content text)");
            }
            Pgai pgai = Pgai.on(connection);
            pgai.create(BlogMigration.VECTORIZER);

            ManagedObjects managed = pgai.managedObjects();
            boolean pgais = managed.contains(ManagedObject.Kind.TABLE, "public", "blog_embeddings_store");

            assertThat(pgais).isTrue();

            ExclusionList list = ExclusionFormat.LIQUIBASE.write(managed);
            String excludeObjects = list.text(); // ..., table:blog_embeddings_store, view:blog_embeddings
            List<ManagedObject> cannotBeSaid = list.missing();

            assertThat(excludeObjects).contains("table:blog_embeddings_store", "view:blog_embeddings");
            assertThat(cannotBeSaid).isNotEmpty();
        }
    }

    @Test
    void read_and_wait() throws SQLException {
        try (TestDatabase database = TestDatabases.standard().create();
                Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table blog (id int primary key, title text, content text)");
            statement.execute("insert into blog values (1, 'One', 'First.'), (2, 'Two', 'Second.')");
            Pgai pgai = Pgai.on(database.dataSource());
            pgai.create(BlogMigration.VECTORIZER);
            List<String> out = new ArrayList<>();

            for (StoredVectorizer vectorizer : pgai.list()) {
                // blog_content_embedder: pending 2, failed 0, errors 0, worker: 0 successes, 0 failures
                out.add(vectorizer.name() + ": " + vectorizer.status());
            }
            List<VectorizerError> errors = pgai.errors("blog_content_embedder", 10); // newest first

            assertThat(out)
                    .containsExactly(
                            "blog_content_embedder: pending 2, failed 0, errors 0, worker: 0 successes, 0 failures");
            assertThat(errors).isEmpty();

            TestWorker.of(database, "blog_content_embedder").drain();

            StoredVectorizer done = pgai.awaitEmptyQueue(
                    "blog_content_embedder",
                    QueueWait.upTo(Duration.ofMinutes(10))
                            .withProgress(seen -> out.add(seen.status().toString())));

            assertThat(done.status().pending().isZero()).isTrue();
            assertThat(out)
                    .last()
                    .asString()
                    .startsWith("pending 0, failed 0, errors 0, worker: 2 successes (last at ");
        }
    }
}
