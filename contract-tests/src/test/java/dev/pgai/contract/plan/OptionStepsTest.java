package dev.pgai.contract.plan;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.PlanStep;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.Parsing;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of {@code docs/plan.md}, row by row: planned, and carried out. */
class OptionStepsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_.]+)` \\| `([A-Z_]+)` \\| [^|]+ \\|$");

    private static final Embedding.OpenAi OPENAI = Embedding.openai("m", 3);

    private static final VectorizerDefinition BLOG = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("content"), OPENAI)
            .name("blog")
            .destination(Destination.table("blog_embeddings"))
            .build();

    private static final Map<String, Embedding> OTHER_PROVIDERS = Map.of(
            "embedding.keep_alive", Embedding.ollama("m", 3),
            "embedding.options", Embedding.ollama("m", 3),
            "embedding.input_type", Embedding.voyageai("m", 3),
            "embedding.extra_options", Embedding.litellm("m", 3));

    private static final Map<String, UnaryOperator<VectorizerDefinition.Builder>> EDITS = Map.ofEntries(
            entry("source", to -> to.source(RelationName.of("public", "other"))),
            entry(
                    "destination.target_table",
                    to -> to.destination(Destination.table("blog_embeddings").withTargetTable("elsewhere"))),
            entry(
                    "destination.target_schema",
                    to -> to.destination(Destination.table()
                            .withTargetSchema("aside")
                            .withTargetTable("blog_embeddings_store")
                            .withViewName("blog_embeddings"))),
            entry(
                    "destination.view_name",
                    to -> to.destination(Destination.table()
                            .withTargetTable("blog_embeddings_store")
                            .withViewName("other_view"))),
            entry(
                    "destination.implementation",
                    to -> to.destination(Destination.column("embedding")).chunking(Chunking.none())),
            entry("loading.column_name", to -> to.loading(Loading.column("title"))),
            entry("loading.implementation", to -> to.loading(Loading.uri("content"))),
            entry("loading.retries", to -> to.loading(Loading.column("content").withRetries(1))),
            entry(
                    "loading.aws_role_arn",
                    to -> to.loading(Loading.uri("content").withAwsRoleArn("arn:aws:iam::123456789012:role/reader"))),
            entry("parsing.implementation", to -> to.parsing(Parsing.none())),
            entry("embedding.implementation", to -> to.embedding(Embedding.voyageai("m", 3))),
            entry("embedding.model", to -> to.embedding(Embedding.openai("other", 3))),
            entry("embedding.dimensions", to -> to.embedding(Embedding.openai("m", 4))),
            entry("embedding.api_key_name", to -> to.embedding(OPENAI.withApiKeyName("OTHER"))),
            entry("embedding.base_url", to -> to.embedding(OPENAI.withBaseUrl("https://example.org/v1"))),
            entry("embedding.user", to -> to.embedding(OPENAI.withChatUser("me"))),
            entry(
                    "embedding.keep_alive",
                    to -> to.embedding(Embedding.ollama("m", 3).withKeepAlive("5m"))),
            entry(
                    "embedding.input_type",
                    to -> to.embedding(Embedding.voyageai("m", 3).withInputType(Embedding.InputType.QUERY))),
            entry(
                    "embedding.options",
                    to -> to.embedding(Embedding.ollama("m", 3).withOptions(Map.of("num_ctx", 1024)))),
            entry(
                    "embedding.extra_options",
                    to -> to.embedding(Embedding.litellm("m", 3).withExtraOptions(Map.of("truncate", true)))),
            entry("chunking.implementation", to -> to.chunking(Chunking.none())),
            entry("chunking.chunk_size", to -> to.chunking(splitter().withChunkSize(900))),
            entry("chunking.chunk_overlap", to -> to.chunking(splitter().withChunkOverlap(10))),
            entry("chunking.separators", to -> to.chunking(splitter().withSeparators(List.of("a", "b")))),
            entry("chunking.is_separator_regex", to -> to.chunking(splitter().withIsSeparatorRegex(true))),
            entry("formatting.template", to -> to.formatting(Formatting.pythonTemplate("$title $chunk"))),
            entry(
                    "processing.batch_size",
                    to -> to.processing(Processing.byDefault().withBatchSize(7))),
            entry(
                    "processing.concurrency",
                    to -> to.processing(Processing.byDefault().withConcurrency(2))),
            entry("queue_table", to -> to.queueTable("my_queue")),
            entry("queue_schema", to -> to.queueSchema("aside")));

    private static Chunking.RecursiveCharacterTextSplitter splitter() {
        return Chunking.recursiveCharacterTextSplitter();
    }

    static Stream<Arguments> rows() throws IOException {
        return ROW.matcher(Files.readString(Path.of("../docs/plan.md")))
                .results()
                .map(row -> Arguments.of(row.group(1), PlanStep.Action.valueOf(row.group(2))));
    }

    @Test
    void each_option_has_a_row() throws IOException {
        assertThat(rows().map(row -> String.valueOf(row.get()[0]))).containsExactlyInAnyOrderElementsOf(EDITS.keySet());
    }

    @ParameterizedTest(name = "{0} makes {1}")
    @MethodSource("rows")
    void a_difference_makes_the_step_of_its_row(String option, PlanStep.Action step) throws SQLException {
        VectorizerDefinition before = before(option);
        VectorizerDefinition wanted = Objects.requireNonNull(EDITS.get(option))
                .apply(before.toBuilder())
                .build();
        try (TestDatabase database = TestDatabases.standard().create()) {
            execute(
                    database,
                    "create schema aside",
                    "create table public.blog (id int primary key, title text, content text)",
                    "insert into public.blog values (1, 'a', 'b'), (2, 'c', 'd')",
                    "create table public.other (like public.blog including all)");
            Pgai pgai = Pgai.on(database.dataSource());
            pgai.create(before);

            VectorizerPlan plan = pgai.plan(DesiredState.of(List.of(wanted)));

            assertThat(plan.steps()).extracting(PlanStep::action).containsExactly(step);
            assertThat(plan.steps().get(0).differences())
                    .extracting(DefinitionDifference::path)
                    .anyMatch(path -> path.equals(option) || path.startsWith(option + "."));
            pgai.apply(plan, plan.missing(List.of()));
            assertThat(pgai.plan(DesiredState.of(List.of(wanted))).steps()).isEmpty();
            assertThat(pgai.inspect("blog").isWhole()).isTrue();
        }
    }

    private static VectorizerDefinition before(String option) {
        VectorizerDefinition.Builder before = BLOG.toBuilder();
        Embedding other = OTHER_PROVIDERS.get(option);
        if (other != null) {
            before.embedding(other);
        }
        if (option.equals("loading.aws_role_arn")) {
            before.loading(Loading.uri("content"));
        }
        return before.build();
    }

    private static void execute(TestDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
