package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgai.change.AlterVectorizer;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.Problem;
import dev.pgai.database.Problem.Code;
import dev.pgai.database.RefusedException;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.VectorizerPlan;
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
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A vectorizer that is there gets other options, and keeps its embeddings. */
class AlterTest {

    private static final VectorizerDefinition DEFINITION = Blog.definition().build();

    private Blog blog;
    private Pgai pgai;

    @BeforeEach
    void createDatabase() throws SQLException {
        blog = new Blog();
        pgai = Pgai.on(blog.dataSource());
        blog.execute("create table public.other (like public.blog including all)");
        pgai.create(DEFINITION);
        blog.execute("delete from ai._vectorizer_q_1");
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        blog.close();
    }

    static Stream<VectorizerDefinition> in_place() {
        return Stream.of(
                to().processing(Processing.byDefault().withBatchSize(7)).build(),
                to().loading(Loading.column("content").withRetries(1)).build(),
                to().embedding(openai().withApiKeyName("OTHER_KEY")).build(),
                to().embedding(openai().withBaseUrl("https://example.org/v1")).build(),
                to().embedding(openai().withChatUser("it's")).build());
    }

    @ParameterizedTest
    @MethodSource
    void in_place(VectorizerDefinition wanted) throws SQLException {
        assertThat(pgai.apply(VectorizerChange.alter(wanted)).changed()).isTrue();

        is(wanted);
        assertThat(pending()).isZero();
        assertThat(pgai.apply(VectorizerChange.alter(wanted)).changed()).isFalse();
    }

    static Stream<VectorizerDefinition> queued_again() {
        return Stream.of(
                to().chunking(Chunking.recursiveCharacterTextSplitter()
                                .withChunkSize(400)
                                .withChunkOverlap(10))
                        .build(),
                to().chunking(Chunking.none()).build(),
                to().formatting(Formatting.pythonTemplate("$title: $chunk")).build(),
                to().loading(Loading.column("title")).build(),
                to().parsing(Parsing.none()).build());
    }

    @ParameterizedTest
    @MethodSource
    void queued_again(VectorizerDefinition wanted) throws SQLException {
        VectorizerChange change = VectorizerChange.alter(wanted);

        assertThatExceptionOfType(PgaiDatabaseException.class)
                .isThrownBy(() -> pgai.apply(change))
                .returns("55006", PgaiDatabaseException::sqlState)
                .withMessageContainingAll("alter vectorizer \"v\"", "not disabled", "Disable it");
        assertThatExceptionOfType(PgaiDatabaseException.class)
                .as("a worker may have begun before this transaction ends")
                .isThrownBy(() -> pgai.apply(List.of(VectorizerChange.disable("v"), change)))
                .returns("55006", PgaiDatabaseException::sqlState);
        is(DEFINITION);

        pgai.disable("v");
        assertThat(pgai.apply(change).changed()).isTrue();

        is(wanted);
        assertThat(pending()).isPositive().isEqualTo(rows());
        assertThat(pgai.find("v").orElseThrow().enabled()).isFalse();
    }

    static Stream<Arguments> what_the_source_does_not_fit_is_refused_before() {
        return Stream.of(
                arguments(to().formatting(Formatting.pythonTemplate("$absent $chunk")), Code.TEMPLATE_COLUMN_MISSING),
                arguments(to().loading(Loading.column("absent")), Code.LOADING_COLUMN_MISSING),
                arguments(to().loading(Loading.column("id")), Code.LOADING_COLUMN_TYPE),
                arguments(to().parsing(Parsing.pymupdf()), Code.PARSING_MISMATCH));
    }

    /** The worker would fail, or delete what is embedded. */
    @ParameterizedTest
    @MethodSource
    void what_the_source_does_not_fit_is_refused_before(VectorizerDefinition.Builder to, Code code)
            throws SQLException {
        VectorizerDefinition wanted = to.build();
        VectorizerPlan plan = pgai.plan(DesiredState.of(List.of(wanted)));

        assertThat(plan.errors()).extracting(Problem::code).containsExactly(code);
        assertThat(pgai.check(VectorizerChange.alter(wanted)))
                .extracting(Problem::code)
                .containsExactly(code);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> pgai.alter(wanted))
                .satisfies(refused ->
                        assertThat(refused.problems()).extracting(Problem::code).containsExactly(code));
        is(DEFINITION);
        assertThat(pgai.find("v").orElseThrow().enabled()).isTrue();
        assertThat(pending()).isZero();
    }

    @Test
    void a_column_that_was_renamed_is_followed_by_a_definition_that_fits() throws SQLException {
        blog.execute("alter table public.blog rename content to body");
        VectorizerDefinition wanted = to().loading(Loading.column("body")).build();
        assertThat(pgai.inspect("v").isWhole()).isFalse();
        assertThat(pgai.plan(DesiredState.of(List.of(DEFINITION))).errors())
                .extracting(Problem::code)
                .containsExactly(Code.VECTORIZER_DAMAGED);

        VectorizerPlan plan = pgai.plan(DesiredState.of(List.of(wanted)));
        assertThat(plan.errors()).isEmpty();
        pgai.apply(plan, plan.missing(List.of()));

        assertThat(pgai.inspect("v").isWhole()).isTrue();
        assertThat(pending()).isEqualTo(rows());
    }

    @Test
    void a_worker_that_is_at_it_is_waited_for() throws SQLException {
        VectorizerChange change =
                VectorizerChange.alter(to().chunking(Chunking.none()).build());
        pgai.disable("v");
        try (Connection worker = blog.connect()) {
            Blog.execute(worker, "set application_name = 'pgai-worker[1]: public.blog'");
            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> pgai.apply(change))
                    .returns("55006", PgaiDatabaseException::sqlState)
                    .withMessageContaining("a worker is still at it");
            Blog.execute(worker, "set application_name = 'pgai-worker[11]: public.other'");
            assertThat(pgai.apply(change).changed()).isTrue();
        }
    }

    static Stream<VectorizerDefinition> what_makes_another_vectorizer_is_refused() {
        return Stream.of(
                to().embedding(Embedding.openai("text-embedding-3-large", 768)).build(),
                to().embedding(openai(5)).build(),
                to().embedding(Embedding.ollama("text-embedding-3-small", 768)).build(),
                to().destination(Destination.table("elsewhere")).build(),
                to().destination(Destination.column("embedding"))
                        .chunking(Chunking.none())
                        .build(),
                to().source(RelationName.of("public", "other")).build(),
                to().queueTable("q").build(),
                to().queueSchema("public").build());
    }

    @ParameterizedTest
    @MethodSource
    void what_makes_another_vectorizer_is_refused(VectorizerDefinition wanted) throws SQLException {
        pgai.disable("v");

        assertThatExceptionOfType(PgaiDatabaseException.class)
                .isThrownBy(() -> pgai.apply(VectorizerChange.alter(wanted)))
                .returns("55000", PgaiDatabaseException::sqlState)
                .withMessageContainingAll("cannot be altered", "Nothing was changed");

        is(DEFINITION);
    }

    @Test
    void what_is_left_out_becomes_the_default_again() throws SQLException {
        VectorizerDefinition much = to().formatting(Formatting.pythonTemplate("$title: $chunk"))
                .processing(Processing.byDefault().withBatchSize(7))
                .build();
        pgai.disable("v");
        AlterVectorizer change = VectorizerChange.alter(much).withBefore(DEFINITION);
        pgai.apply(change);
        is(much);

        pgai.apply(change.inverse().orElseThrow());

        is(DEFINITION);
    }

    @Test
    void the_catalog_judges() {
        VectorizerDefinition wrong = to().loading(Loading.column("no_such")).build();
        pgai.disable("v");

        assertThatExceptionOfType(PgaiDatabaseException.class)
                .isThrownBy(() -> pgai.apply(VectorizerChange.alter(wrong)))
                .withMessageContaining("no_such");
    }

    @Test
    void one_that_is_damaged_is_repaired_first() throws SQLException {
        blog.execute("drop table ai._vectorizer_q_1");
        VectorizerChange change = VectorizerChange.alter(
                to().processing(Processing.byDefault().withBatchSize(7)).build());

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> pgai.apply(change))
                .withMessageContainingAll("It is damaged", "QUEUE_MISSING");
        assertThat(pgai.check(change)).isNotEmpty();

        pgai.apply(List.of(VectorizerChange.repair("v"), change));
    }

    private void is(VectorizerDefinition wanted) {
        StoredVectorizer stored = pgai.find("v").orElseThrow();
        assertThat(DefinitionDifference.all(wanted, stored.definition())).isEmpty();
        assertThat(stored.definition()).isEqualTo(wanted.asStored());
    }

    private int pending() throws SQLException {
        return Integer.parseInt(blog.query("select count(*) from ai._vectorizer_q_1"));
    }

    private int rows() throws SQLException {
        return Integer.parseInt(blog.query("select count(*) from public.blog"));
    }

    private static VectorizerDefinition.Builder to() {
        return DEFINITION.toBuilder();
    }

    private static Embedding.OpenAi openai() {
        return openai(768);
    }

    private static Embedding.OpenAi openai(int dimensions) {
        return Embedding.openai("text-embedding-3-small", dimensions);
    }
}
