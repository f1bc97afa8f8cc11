package dev.pgai.contract.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.AppliedChange;
import dev.pgai.database.PartlyDoneException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.Consent;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.Hazard;
import dev.pgai.plan.PlanStep;
import dev.pgai.plan.PlanStep.Action;
import dev.pgai.plan.Price;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.assertj.PgaiAssertions;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

class PlanTest {

    private static final VectorizerDefinition BLOG = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 3))
            .name("blog")
            .destination(Destination.table("blog_embeddings"))
            .build();

    private final TestDatabase database = TestDatabases.standard().create();
    private final Pgai pgai = Pgai.on(database.dataSource());

    @BeforeEach
    void createTables() throws SQLException {
        execute(
                "create table public.blog (id bigint primary key, title text, content text)",
                "insert into public.blog select i, 'title', repeat('x', 10) from generate_series(1, 4) i",
                "create table public.other (like public.blog including all)");
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void what_is_there_as_desired_is_left_alone() throws SQLException {
        pgai.create(BLOG);
        pgai.create(to().name("mine").destination(Destination.table("mine")).build());

        VectorizerPlan plan = plan(BLOG);

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.isDrift()).isFalse();
        assertThat(plan.undeclared()).containsExactly("mine");
        assertThat(plan).asString().contains("Nothing to do", "left alone: mine");
        assertThat(pgai.apply(plan, List.of())).isEmpty();
    }

    @Test
    void what_is_missing_is_created_and_what_is_removed_is_dropped() throws SQLException {
        VectorizerDefinition old =
                to().name("old").destination(Destination.table("old")).build();
        pgai.create(old);
        DesiredState desired = DesiredState.of(List.of(BLOG)).withRemoved(List.of("old", "never_was"));

        VectorizerPlan plan = pgai.plan(desired);

        assertThat(plan.steps()).extracting(PlanStep::action).containsExactly(Action.DROP, Action.CREATE);
        assertThat(plan.missing(List.of())).containsExactly(new Consent("old", Hazard.LOSES_EMBEDDINGS));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> pgai.apply(plan, List.of(new Consent("blog", Hazard.LOSES_EMBEDDINGS))))
                .withMessageContainingAll("old", "LOSES_EMBEDDINGS", "its embeddings are lost")
                .satisfies(e -> assertThat(e.problems())
                        .extracting(Problem::code)
                        .containsExactly(Problem.Code.CONSENT_MISSING));
        assertThat(pgai.exists("old")).isTrue();

        assertThat(pgai.apply(plan, plan.missing(List.of()))).allMatch(AppliedChange::changed);

        assertThat(pgai.exists("old")).isFalse();
        assertThat(pgai.exists("blog")).isTrue();
        assertThat(pgai.plan(desired).isDrift()).isFalse();
    }

    @Test
    void an_option_changes_in_place() throws SQLException {
        pgai.create(BLOG);
        execute("delete from ai._vectorizer_q_1");
        VectorizerDefinition wanted =
                to().processing(Processing.byDefault().withBatchSize(7)).build();

        VectorizerPlan plan = plan(wanted);

        assertThat(plan.steps()).singleElement().satisfies(step -> {
            assertThat(step.action()).isEqualTo(Action.ALTER);
            assertThat(step.hazards()).isEmpty();
            assertThat(step.differences())
                    .singleElement()
                    .asString()
                    .isEqualTo("processing.batch_size: wanted 7, stored nothing");
        });
        pgai.apply(plan, List.of());
        assertThat(plan(wanted).isDrift()).isFalse();
        assertThat(query("select count(*) from ai._vectorizer_q_1")).isEqualTo("0");
    }

    @Test
    void an_option_that_was_taken_out_of_a_definition_is_a_difference() {
        pgai.create(to().processing(Processing.byDefault().withBatchSize(7)).build());

        VectorizerPlan plan = plan(BLOG);

        assertThat(plan.steps()).extracting(PlanStep::action).containsExactly(Action.ALTER);
        pgai.apply(plan, List.of());
        assertThat(plan(BLOG).isDrift()).isFalse();
    }

    @Test
    void rows_are_queued_again_and_counted() throws SQLException {
        pgai.create(BLOG);
        execute("delete from ai._vectorizer_q_1");
        VectorizerDefinition wanted = to().chunking(Chunking.recursiveCharacterTextSplitter()
                        .withChunkSize(100)
                        .withChunkOverlap(50))
                .build();

        VectorizerPlan plan = plan(wanted);

        PlanStep step = plan.steps().get(0);
        assertThat(step.action()).isEqualTo(Action.ALTER_AND_QUEUE);
        assertThat(step.rows()).hasValue(4);
        assertThat(step.bytes()).as("40 bytes, half of them shared").hasValue(80);
        assertThat(step.cost(new Price(new BigDecimal("0.02"), 4))).contains(new BigDecimal("0.000001"));
        assertThat(plan)
                .asString()
                .contains(
                        "1 step",
                        "1. Alter, and queue the rows again, of vectorizer \"blog\"",
                        "chunking.chunk_size: 800 -> 100",
                        "rows to embed: 4",
                        "REEMBEDS_ROWS");
        assertThat(plan.toJson())
                .contains(
                        "\"format_version\":1",
                        plan.fingerprint(),
                        "\"path\":\"chunking.chunk_size\",\"before\":800,\"after\":100",
                        "\"hazards\":[\"REEMBEDS_ROWS\"],\"rows\":4,\"bytes\":80");

        pgai.apply(plan, consents(plan));

        assertThat(pgai.find("blog").orElseThrow().enabled()).isTrue();
        assertThat(query("select count(*) from ai._vectorizer_q_1")).isEqualTo("4");
        assertThat(query("select obj_description('ai._vectorizer_q_1'::regclass)"))
                .isEqualTo("null");
        assertThat(plan(wanted).isDrift()).isFalse();
    }

    @Test
    void a_worker_that_does_not_end_leaves_all_as_it_was() throws SQLException {
        pgai.create(BLOG);
        VectorizerPlan plan = plan(to().chunking(Chunking.none()).build());
        try (Connection worker = database.connection();
                Statement statement = worker.createStatement()) {
            statement.execute("set application_name = 'pgai-worker[1]: public.blog'");

            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> pgai.apply(plan, consents(plan), Duration.ofMillis(100)))
                    .isExactlyInstanceOf(PgaiDatabaseException.class)
                    .withMessageContainingAll("pgai-worker[1]: public.blog", "Nothing was altered");
        }
        assertThat(pgai.find("blog").orElseThrow().enabled()).isTrue();
        assertThat(plan(BLOG).isDrift()).isFalse();
    }

    @Test
    void what_was_done_before_a_worker_that_does_not_end_is_told() throws SQLException {
        pgai.create(BLOG);
        VectorizerDefinition other =
                to().name("other").destination(Destination.table("others")).build();
        VectorizerPlan plan = plan(to().chunking(Chunking.none()).build(), other);
        try (Connection worker = database.connection();
                Statement statement = worker.createStatement()) {
            statement.execute("set application_name = 'pgai-worker[1]: public.blog'");

            assertThatExceptionOfType(PartlyDoneException.class)
                    .isThrownBy(() -> pgai.apply(plan, consents(plan), Duration.ofMillis(100)))
                    .withMessageContainingAll("Nothing was altered", "was done before, and stays", "\"other\"")
                    .satisfies(e -> {
                        assertThat(e.done())
                                .extracting(done -> done.change().name())
                                .containsExactly("other");
                        assertThat(e.disabled()).isEmpty();
                    });
        }
        assertThat(pgai.find("blog").orElseThrow().enabled()).isTrue();
        assertThat(pgai.exists("other")).isTrue();
    }

    /** As if the JVM had ended between the two transactions. */
    @Test
    void what_was_begun_is_finished() throws SQLException {
        pgai.create(BLOG);
        pgai.disable("blog");
        execute("comment on table ai._vectorizer_q_1 is 'pgai for Java has disabled the vectorizer to alter it'");
        VectorizerPlan plan = plan(to().chunking(Chunking.none()).build());

        pgai.apply(plan, consents(plan));

        assertThat(pgai.find("blog").orElseThrow().enabled()).isTrue();
    }

    @Test
    void one_that_was_disabled_stays_so() {
        pgai.create(BLOG);
        pgai.disable("blog");
        VectorizerPlan plan = plan(to().chunking(Chunking.none()).build());
        assertThat(plan.problems()).extracting(Problem::code).containsExactly(Problem.Code.VECTORIZER_DISABLED);

        pgai.apply(plan, consents(plan));

        assertThat(pgai.find("blog").orElseThrow().enabled()).isFalse();
    }

    @Test
    void a_plan_that_others_were_faster_than_is_refused() throws SQLException {
        pgai.create(BLOG);
        VectorizerPlan plan =
                plan(to().processing(Processing.byDefault().withBatchSize(7)).build());
        pgai.alter(to().processing(Processing.byDefault().withConcurrency(2)).build());

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> pgai.apply(plan, List.of()))
                .withMessageContainingAll("no longer", "processing.concurrency", "Plan again")
                .satisfies(e ->
                        assertThat(e.problems()).extracting(Problem::code).containsExactly(Problem.Code.PLAN_OUTDATED));
        assertThat(query("select config #>> '{processing,batch_size}' from ai.vectorizer"))
                .isEqualTo("null");
    }

    static Stream<Arguments> what_makes_another_vectorizer_replaces_it() {
        return Stream.of(
                Arguments.of(
                        to().embedding(Embedding.openai("other", 3)).build(),
                        List.of(
                                Hazard.LOSES_EMBEDDINGS,
                                Hazard.REEMBEDS_ROWS,
                                Hazard.SEARCH_GAP,
                                Hazard.BLOCKS_WRITES)),
                Arguments.of(
                        to().embedding(Embedding.openai("m", 5)).build(),
                        List.of(
                                Hazard.LOSES_EMBEDDINGS,
                                Hazard.REEMBEDS_ROWS,
                                Hazard.SEARCH_GAP,
                                Hazard.BLOCKS_WRITES)),
                Arguments.of(
                        to().source(RelationName.of("public", "other")).build(),
                        List.of(
                                Hazard.LOSES_EMBEDDINGS,
                                Hazard.REEMBEDS_ROWS,
                                Hazard.SEARCH_GAP,
                                Hazard.BLOCKS_WRITES)),
                Arguments.of(
                        to().destination(Destination.table("elsewhere")).build(),
                        List.of(
                                Hazard.REEMBEDS_ROWS,
                                Hazard.SEARCH_GAP,
                                Hazard.ORPHANS_EMBEDDINGS,
                                Hazard.BLOCKS_WRITES)),
                Arguments.of(to().queueTable("my_queue").build(), List.of(Hazard.REEMBEDS_ROWS, Hazard.BLOCKS_WRITES)));
    }

    @ParameterizedTest
    @MethodSource
    void what_makes_another_vectorizer_replaces_it(VectorizerDefinition wanted, List<Hazard> hazards) {
        pgai.create(BLOG);

        VectorizerPlan plan = plan(wanted);

        assertThat(plan.steps()).singleElement().satisfies(step -> {
            assertThat(step.action()).isEqualTo(Action.REPLACE);
            assertThat(step.hazards()).containsExactlyElementsOf(hazards);
            boolean sideBySide = step.isReplaceableSideBySide();
            assertThat(plan.toString().contains("side by side")).isEqualTo(sideBySide);
            assertThat(plan.toMarkdown().contains("side by side")).isEqualTo(sideBySide);
            assertThat(plan.toJson().contains("\"side_by_side\":true")).isEqualTo(sideBySide);
        });
        pgai.apply(plan, consents(plan));
        assertThat(plan(wanted).steps()).isEmpty();
        assertThat(pgai.exists("blog")).isTrue();
    }

    @Test
    void a_column_of_other_dimensions_is_for_a_person_to_drop() {
        pgai.create(toColumn(3));

        VectorizerPlan plan = plan(toColumn(4));

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.errors()).extracting(Problem::code).containsExactly(Problem.Code.STEP_IMPOSSIBLE);
    }

    private static VectorizerDefinition toColumn(int dimensions) {
        return to().destination(Destination.column("embedding"))
                .chunking(Chunking.none())
                .embedding(Embedding.openai("m", dimensions))
                .build();
    }

    @Test
    void damage_is_mended_before_options_change() throws SQLException {
        pgai.create(BLOG);
        execute("drop table ai._vectorizer_q_1");
        VectorizerDefinition wanted =
                to().processing(Processing.byDefault().withBatchSize(7)).build();

        VectorizerPlan plan = plan(wanted);

        assertThat(plan.steps()).extracting(PlanStep::action).containsExactly(Action.REPAIR, Action.ALTER);
        assertThat(plan).asString().contains("QUEUE_MISSING, table ai._vectorizer_q_1");
        pgai.apply(plan, consents(plan));
        assertThat(plan(wanted).isDrift()).isFalse();
    }

    @Test
    void what_cannot_be_mended_is_an_error_and_nothing_is_done() throws SQLException {
        pgai.create(BLOG);
        execute("drop table public.blog cascade");
        VectorizerPlan plan = plan(
                BLOG,
                to().name("two")
                        .source(RelationName.of("public", "other"))
                        .destination(Destination.table("two"))
                        .build());

        assertThat(plan.isDrift()).isTrue();
        assertThat(plan.errors()).extracting(Problem::code).containsExactly(Problem.Code.VECTORIZER_DAMAGED);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> pgai.apply(plan, consents(plan)))
                .withMessageContaining("SOURCE_MISSING");
        assertThat(pgai.exists("two")).isFalse();
    }

    @Test
    void embeddings_that_a_drop_has_kept_are_adopted() throws SQLException {
        pgai.create(BLOG);
        pgai.drop("blog", Embeddings.KEEP);

        VectorizerPlan plan = plan(BLOG);

        assertThat(plan.steps()).extracting(PlanStep::action).containsExactly(Action.ADOPT);
        assertThat(plan.missing(List.of())).containsExactly(new Consent("blog", Hazard.TRUSTS_EMBEDDINGS));
        pgai.apply(plan, consents(plan));
        assertThat(plan(BLOG).isDrift()).isFalse();
    }

    @Test
    void a_rename_is_offered_and_not_guessed() {
        pgai.create(BLOG);

        VectorizerPlan plan = plan(to().name("posts").build());

        assertThat(plan.steps()).isEmpty();
        assertThat(plan.errors()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Problem.Code.VECTORIZER_RENAMED);
            assertThat(problem.message()).contains("posts", "[blog]");
        });
    }

    @Test
    void a_view_is_refreshed() throws SQLException {
        pgai.create(BLOG);
        execute("alter table public.blog add column author text");

        VectorizerPlan plan = plan(BLOG);

        assertThat(plan.steps()).extracting(PlanStep::action).containsExactly(Action.REFRESH_VIEW);
        pgai.apply(plan, List.of());
        assertThat(plan(BLOG).isDrift()).isFalse();
    }

    @Test
    void roles_that_may_not_use_it_are_named() throws SQLException {
        String role = "reader_" + Long.toHexString(System.nanoTime());
        execute("create role " + role);
        try {
            VectorizerDefinition wanted = to().grantTo(role).build();
            pgai.create(wanted);
            assertThat(plan(wanted).problems()).isEmpty();

            execute("revoke all on public.blog from " + role);

            assertThat(plan(wanted).problems())
                    .extracting(Problem::code)
                    .containsExactly(Problem.Code.VECTORIZER_IMPAIRED);
            assertThat(plan(wanted).isDrift()).as("a warning").isFalse();

            execute("revoke all on ai._vectorizer_q_1 from " + role);

            assertThat(plan(wanted).problems()).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo(Problem.Code.GRANT_MISSING);
                assertThat(problem.value()).isEqualTo(role);
            });
            assertThat(plan(BLOG).problems()).extracting(Problem::code).doesNotContain(Problem.Code.GRANT_MISSING);
        } finally {
            execute("drop owned by " + role, "drop role " + role);
        }
    }

    @Test
    void secrets_are_in_no_report() {
        pgai.create(BLOG);
        VectorizerPlan plan = plan(
                to().embedding(Embedding.openai("m", 3).withBaseUrl("https://me:hunter2@example.org/v1?key=hunter2"))
                        .build());

        assertThat(plan.steps()).extracting(PlanStep::action).containsExactly(Action.ALTER);
        assertThat(plan.toString() + plan.toJson() + plan.problems()).doesNotContain("hunter2");
        assertThat(pgai.apply(plan, List.of()).toString()).doesNotContain("hunter2");
    }

    @Test
    void in_a_callers_transaction_all_is_his_to_end() throws SQLException {
        VectorizerPlan plan = plan(BLOG);
        try (Connection connection = database.connection()) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> Pgai.on(connection).apply(plan, List.of()))
                    .satisfies(e -> assertThat(e.problems())
                            .extracting(Problem::code)
                            .containsExactly(Problem.Code.TRANSACTION_MISSING));
            connection.setAutoCommit(false);
            Pgai.on(connection).apply(plan, List.of());
            assertThat(pgai.list()).isEmpty();
            connection.rollback();
        }
        assertThat(plan(BLOG).steps()).hasSize(1);
    }

    @Test
    void altering_alone_disables_and_enables() throws SQLException {
        pgai.create(BLOG);
        execute("delete from ai._vectorizer_q_1");

        assertThat(pgai.alter(to().chunking(Chunking.none()).build())).isTrue();
        assertThat(pgai.alter(to().chunking(Chunking.none()).build())).isFalse();

        assertThat(pgai.find("blog").orElseThrow().enabled()).isTrue();
        assertThat(query("select count(*) from ai._vectorizer_q_1")).isEqualTo("4");
        assertThat(VectorizerChange.alter(BLOG).becomes()).contains(BLOG);
    }

    @Test
    void a_database_is_asserted_to_match() {
        pgai.create(BLOG);
        VectorizerDefinition wanted = to().chunking(Chunking.none()).build();

        PgaiAssertions.assertThat(database).matches(BLOG);

        assertThatThrownBy(() -> PgaiAssertions.assertThat(database).matches(wanted))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("as desired", "chunking.implementation", "REEMBEDS_ROWS");
    }

    @Test
    void of_two_who_apply_one_plan_one_is_told_that_it_was_done() throws Exception {
        pgai.create(BLOG);
        VectorizerPlan plan =
                plan(to().processing(Processing.byDefault().withBatchSize(7)).build());
        ExecutorService appliers = Executors.newFixedThreadPool(2);
        try {
            List<Future<List<AppliedChange>>> all =
                    appliers.invokeAll(Collections.nCopies(2, () -> pgai.apply(plan, List.of())));

            int refused = 0;
            for (Future<List<AppliedChange>> one : all) {
                try {
                    assertThat(one.get()).hasSize(1);
                } catch (ExecutionException e) {
                    refused++;
                    assertThat(e).hasRootCauseInstanceOf(RefusedException.class).hasMessageContaining("Nothing to do");
                }
            }
            assertThat(refused).isEqualTo(1);
        } finally {
            appliers.shutdown();
        }
    }

    @Test
    void what_is_removed_frees_its_names_for_what_is_created() {
        pgai.create(BLOG);
        VectorizerDefinition renamed = to().name("another").build();

        VectorizerPlan plan = pgai.plan(DesiredState.of(List.of(renamed)).withRemoved(List.of("blog")));

        assertThat(plan.problems()).isEmpty();
        pgai.apply(plan, List.of(new Consent("blog", Hazard.LOSES_EMBEDDINGS)));
        assertThat(plan(renamed).isDrift()).isFalse();
    }

    @Test
    void rows_that_nobody_may_count_are_not_known() throws SQLException {
        String role = "guest_of_" + database.name();
        pgai.create(BLOG);
        execute("create role " + role, "select ai.grant_vectorizer_usage('" + role + "')");
        try {
            PGSimpleDataSource dataSource = database.dataSource();
            dataSource.setOptions("-c role=" + role);
            VectorizerPlan plan = Pgai.on(dataSource)
                    .plan(DesiredState.of(
                            List.of(to().embedding(Embedding.openai("large", 3)).build())));
            Price price = new Price(BigDecimal.ONE, 4);

            assertThat(plan.report(price)).contains("rows to embed: not known\n", "cost at most: not known\n");
            assertThat(plan.toMarkdown(price)).contains("| not known | not known |");
        } finally {
            execute("drop owned by " + role + " cascade", "drop role " + role);
        }
    }

    @Test
    void a_replacement_that_is_under_way_is_told_and_left_to_whoever_began_it() {
        pgai.create(BLOG);
        VectorizerDefinition large =
                to().embedding(Embedding.openai("large", 3)).build();
        VectorizerPlan before = plan(BLOG);
        pgai.replacements().start(large);

        VectorizerPlan plan = plan(BLOG);
        assertThat(plan.isDrift()).isFalse();
        assertThat(plan.undeclared()).isEmpty();
        assertThat(plan.problems()).extracting(Problem::code).containsExactly(Problem.Code.REPLACEMENT_UNDER_WAY);
        assertThat(plan)
                .asString()
                .contains(
                        "\"blog__next\" fills to replace vectorizer \"blog\"",
                        "not by what is declared: [embedding.model",
                        "Complete the replacement when all rows are embedded, or abort it.");
        assertThat(plan.fingerprint()).isNotEqualTo(before.fingerprint());
        // Nobody drops what fills to become the same.
        VectorizerPlan wanted = plan(large);
        assertThat(wanted.steps()).isEmpty();
        assertThat(wanted.errors()).extracting(Problem::code).containsExactly(Problem.Code.REPLACEMENT_STARTED);
        assertThat(wanted.isDrift()).isTrue();
        assertThat(wanted).asString().contains("It is by what is declared.");
        // As read back meanwhile.
        VectorizerPlan both = plan(BLOG, pgai.find("blog__next").orElseThrow().definition());
        assertThat(both.isDrift()).isFalse();
        assertThat(both).asString().contains("take it out of what is declared");
        assertThat(plan().undeclared()).containsExactly("blog");
        VectorizerPlan removal = pgai.plan(DesiredState.of(List.of(BLOG)).withRemoved(List.of("blog__next")));
        assertThat(removal.steps()).isEmpty();
        assertThat(removal.errors()).extracting(Problem::code).containsExactly(Problem.Code.REPLACEMENT_STARTED);
    }

    @Test
    void what_is_removed_takes_its_replacement_along() {
        pgai.create(BLOG);
        pgai.replacements().start(to().embedding(Embedding.openai("large", 4)).build());

        VectorizerPlan plan = pgai.plan(DesiredState.of(List.of()).withRemoved(List.of("blog")));
        pgai.apply(plan, List.of(new Consent("blog", Hazard.LOSES_EMBEDDINGS)));

        assertThat(pgai.list()).isEmpty();
    }

    @Test
    void what_a_replacement_has_left_is_told() throws SQLException {
        pgai.create(BLOG);
        VectorizerDefinition large =
                to().embedding(Embedding.openai("large", 3)).build();
        pgai.replacements().start(large);
        pgai.apply(List.of(VectorizerChange.disable("blog"), VectorizerChange.disable("blog__next")));
        pgai.apply(List.of(VectorizerChange.completeReplacement("blog"), VectorizerChange.enable("blog")));

        VectorizerPlan plan = plan(large);

        assertThat(plan.isDrift()).isFalse();
        assertThat(plan).asString().contains("has the embeddings from before", "Complete the replacement again");
        assertThat(plan(BLOG).errors()).extracting(Problem::code).containsExactly(Problem.Code.REPLACEMENT_STARTED);
    }

    private VectorizerPlan plan(VectorizerDefinition... definitions) {
        return pgai.plan(DesiredState.of(List.of(definitions)));
    }

    private static List<Consent> consents(VectorizerPlan plan) {
        return plan.missing(List.of());
    }

    private static VectorizerDefinition.Builder to() {
        return BLOG.toBuilder();
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private String query(String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }
}
