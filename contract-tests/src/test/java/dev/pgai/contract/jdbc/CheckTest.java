package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.Problem;
import dev.pgai.database.Problem.Code;
import dev.pgai.database.Problem.Severity;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each problem provoked for real, and what the catalog itself makes of it. */
class CheckTest {

    private Blog blog;

    @BeforeEach
    void createDatabase() throws SQLException {
        blog = new Blog();
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        blog.close();
    }

    static Stream<ProblemCase> cases() {
        return ProblemCase.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void is_found_and_nothing_else_is(ProblemCase provoked) throws SQLException {
        blog.execute(provoked.setup().toArray(String[]::new));
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(false);
            Pgai pgai = Pgai.on(connection);

            List<Problem> problems = pgai.check(provoked.definition());

            assertThat(problems)
                    .extracting(problem -> problem.code() + " " + problem.option() + " "
                            + (problem.code() == Code.VECTOR_MISSING ? "" : problem.value()))
                    .containsExactlyElementsOf(provoked.expected());
            assertThat(problems)
                    .allSatisfy(problem -> assertThat(List.of(problem.message(), problem.hint()))
                            .allMatch(sentence -> sentence.matches("(?s)[A-Zp].*\\.") && !sentence.contains("null")));
            if (problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR)) {
                assertThatExceptionOfType(PgaiDatabaseException.class)
                        .isThrownBy(() -> pgai.create(provoked.definition()))
                        .satisfies(e -> assertThat(e.sqlState()).isNull());
            } else {
                assertThat(pgai.create(provoked.definition()).name()).isEqualTo("v");
            }
            connection.rollback();

            // What the catalog says without being asked by this library.
            SQLException refused = catchThrowableOfType(
                    SQLException.class,
                    () -> Blog.query(
                            connection,
                            VectorizerChange.create(provoked.definition()).sql().get(0)));
            assertThat(refused != null).as("%s", refused).isEqualTo(provoked.refusedByTheCatalog());
        }
    }

    @Test
    void every_problem_is_provoked() {
        Set<Code> elsewhere = EnumSet.of(
                Code.PGAI_NOT_INSTALLED,
                Code.CATALOG_INCOMPLETE,
                Code.CATALOG_TOO_OLD,
                Code.RIGHT_MISSING,
                Code.VECTORIZER_MISSING,
                Code.VECTORIZER_DIFFERS,
                Code.VECTORIZER_UNREADABLE,
                Code.VECTORIZER_DAMAGED,
                Code.EMBEDDINGS_MISSING,
                Code.SOURCE_PRESENT,
                Code.RELATION_MISSING,
                Code.COLUMN_MISSING,
                Code.EMBEDDING_COLUMN_TYPE,
                Code.SETTING_UNKNOWN,
                Code.DEPENDENT_OBJECTS,
                Code.TRANSACTION_MISSING,
                Code.TRANSACTION_OF_OTHERS,
                // Of searches.
                Code.RELATION_MISSING,
                Code.COLUMN_MISSING,
                Code.EMBEDDING_COLUMN_TYPE,
                Code.SETTING_UNKNOWN,
                // Of plans.
                Code.VECTORIZER_RENAMED,
                Code.VECTORIZER_IMPAIRED,
                Code.VECTORIZER_DISABLED,
                Code.STEP_IMPOSSIBLE,
                Code.GRANT_MISSING,
                Code.PLAN_OUTDATED,
                Code.REPLACEMENT_UNDER_WAY,
                Code.CONSENT_MISSING,
                // Of replacements.
                Code.REPLACEMENT_MISSING,
                Code.REPLACEMENT_STARTED,
                Code.REPLACEMENT_NOT_FILLED,
                // Of entities.
                Code.ENTITY_MISMATCH);
        Set<Code> here = cases().flatMap(provoked -> provoked.expected().stream())
                .map(expected -> Code.valueOf(expected.substring(0, expected.indexOf(' '))))
                .collect(Collectors.toSet());

        assertThat(here).containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(elsewhere)));
    }

    @Test
    void all_are_found_together_in_one_statement() throws SQLException {
        blog.execute(
                "alter table public.blog add column embedding text, add column loading_retries int",
                "create table public.v_store (a int)");
        VectorizerDefinition wrong = VectorizerDefinition.builder(
                        Blog.SOURCE, Loading.column("body"), Embedding.openai("text-embedding-3-small", 768))
                .name("v")
                .destination(Destination.table("v").withViewSchema("nope"))
                .formatting(Formatting.pythonTemplate("$headline $chunk"))
                .processing(Processing.byDefault().withConcurrency(50))
                .queueSchema("nowhere")
                .grantTo("nobody_at_all")
                .build();
        try (Connection connection = blog.connect()) {
            connection.setAutoCommit(false);
            Spy spy = Spy.on(connection);

            assertThat(Pgai.on(spy.connection()).check(wrong))
                    .extracting(Problem::code)
                    .containsExactly(
                            Code.COLUMN_RESERVED,
                            Code.COLUMN_RESERVED,
                            Code.LOADING_COLUMN_MISSING,
                            Code.TEMPLATE_COLUMN_MISSING,
                            Code.SCHEMA_MISSING,
                            Code.NAME_TAKEN,
                            Code.VIEW_SCHEMA_IGNORED,
                            Code.WORKER_LIMIT,
                            Code.GRANTEE_MISSING);
            assertThat(spy.statements()).isEqualTo(1);
            assertThat(spy.calls()).isEmpty();

            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> Pgai.on(connection).create(wrong))
                    .withMessageStartingWith("Cannot create vectorizer \"v\" on public.blog: (1) source: ")
                    .withMessageContaining("(3) loading.column_name: The source has no column \"body\". It has id,")
                    .withMessageContaining("(6) ")
                    .satisfies(e -> assertThat(e.problems()).hasSize(6));
            assertThat(Blog.query(connection, "select 'still here'")).isEqualTo("still here");
        }
    }

    @Test
    void what_is_right_has_no_problem_and_is_created_in_two_statements() throws SQLException {
        try (Connection connection = blog.connect()) {
            Spy spy = Spy.on(connection);
            Pgai pgai = Pgai.on(spy.connection());
            VectorizerDefinition definition = Blog.definition().build();

            assertThat(pgai.check(definition)).isEmpty();
            pgai.create(definition);

            assertThat(spy.statements()).isEqualTo(3);
        }
    }

    @Test
    void a_vectorizer_that_is_there_is_no_problem_for_a_create_if_absent() throws SQLException {
        VectorizerDefinition definition = Blog.definition().build();
        try (Connection connection = blog.connect()) {
            Pgai pgai = Pgai.on(connection);
            pgai.create(definition);

            assertThat(pgai.check(VectorizerChange.createIfAbsent(definition))).isEmpty();
            assertThat(pgai.check(VectorizerChange.createIfAbsent(definition.toBuilder()
                            .loading(Loading.column("title"))
                            .build())))
                    .extracting(Problem::code)
                    .containsExactly(Code.VECTORIZER_DIFFERS);
        }
    }

    @Test
    void a_change_of_what_is_not_there_is_a_problem() throws SQLException {
        try (Connection connection = blog.connect()) {
            Pgai pgai = Pgai.on(connection);

            assertThat(pgai.check(VectorizerChange.enable("v")))
                    .extracting(Problem::code)
                    .containsExactly(Code.VECTORIZER_MISSING);
            assertThat(pgai.check(VectorizerChange.dropIfExists("v", Embeddings.DROP)))
                    .isEmpty();
            pgai.create(Blog.definition().build());
            assertThat(pgai.check(VectorizerChange.enable("v"))).isEmpty();
            assertThat(pgai.find("v").orElseThrow().enabled()).isTrue();
        }
    }

    @Test
    void a_column_that_an_earlier_vectorizer_left_fits_again() throws SQLException {
        VectorizerDefinition definition = Blog.definition()
                .destination(Destination.column("e"))
                .chunking(Chunking.none())
                .build();
        blog.execute("alter table public.blog add column e vector(768), add column f vector, add column g real[]");
        try (Connection connection = blog.connect()) {
            for (String column : List.of("e", "f", "g")) {
                assertThat(Pgai.on(connection)
                                .check(definition.toBuilder()
                                        .destination(Destination.column(column))
                                        .build()))
                        .isEmpty();
            }
        }
    }

    @Test
    void a_partitioned_source_is_a_table() throws SQLException {
        blog.execute("create table public.p (id int primary key, content text) partition by hash (id)");

        assertThat(Pgai.on(blog.dataSource())
                        .check(Blog.definition()
                                .source(RelationName.of("public", "p"))
                                .build()))
                .isEmpty();
    }

    @Test
    void a_catalog_that_is_missing_or_too_old_is_a_problem() throws SQLException {
        Pgai pgai = Pgai.on(blog.dataSource());
        VectorizerDefinition definition =
                Blog.definition().loading(Loading.column("nope")).build();
        blog.execute(
                "drop view ai.vectorizer_status",
                "create view ai.vectorizer_status as select id, source_table from ai.vectorizer",
                "update ai.pgai_lib_version set version = '0.10.1' where name = 'ai'");
        assertThat(pgai.check(definition))
                .extracting(Problem::code)
                .containsExactly(Code.CATALOG_TOO_OLD, Code.LOADING_COLUMN_MISSING);
        assertThat(pgai.check(definition).get(0).value()).isEqualTo("0.10.1");

        blog.execute("drop schema ai cascade");
        assertThat(pgai.check(definition))
                .extracting(Problem::code)
                .containsExactly(Code.PGAI_NOT_INSTALLED, Code.LOADING_COLUMN_MISSING);
    }

    /** The names of left-over objects hold the id that comes next; ids that are burnt leave nothing over. */
    @Test
    void what_is_named_by_another_id_is_not_in_the_way() throws SQLException {
        blog.execute("create table ai._vectorizer_q_2 (a int)");
        Pgai pgai = Pgai.on(blog.dataSource());

        assertThat(pgai.check(Blog.definition().build())).isEmpty();
        blog.execute("select nextval('ai.vectorizer_id_seq')");
        assertThat(pgai.check(Blog.definition().build()))
                .extracting(Problem::value)
                .containsExactly("ai._vectorizer_q_2");
    }
}
