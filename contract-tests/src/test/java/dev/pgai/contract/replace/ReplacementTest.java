package dev.pgai.contract.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.damage.Snapshot;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerNotFoundException;
import dev.pgai.database.VectorizerReplacement;
import dev.pgai.database.VectorizerReplacement.Phase;
import dev.pgai.jdbc.Pgai;
import dev.pgai.jdbc.Replacements;
import dev.pgai.plan.Consent;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.Hazard;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A second vectorizer fills beside the first, and they change places. */
class ReplacementTest {

    private static final int ROWS = 5;

    private Posts posts;
    private Pgai pgai;
    private Replacements replacements;

    @BeforeEach
    void createDatabase() throws SQLException {
        posts = new Posts(ROWS).embedded();
        pgai = posts.pgai();
        replacements = pgai.replacements();
    }

    @AfterEach
    void dropDatabase() {
        posts.close();
    }

    @Test
    void the_first_serves_until_all_rows_are_embedded() throws SQLException {
        VectorizerReplacement started = replacements.start(Posts.LARGE);

        assertThat(started.next()).isEqualTo("v__next");
        assertThat(started.nextId()).isEqualTo(2).isNotEqualTo(started.id());
        assertThat(started.phase()).isEqualTo(Phase.FILLING);
        assertThat(started.rows()).isEqualTo(ROWS);
        assertThat(started.missing()).isEqualTo(ROWS);
        assertThat(started.pending()).isEqualTo(ROWS);
        assertThat(started.failed()).isZero();
        assertThat(started.store()).isEqualTo("public.post_embedding_store__next");
        assertThat(started.view()).isEqualTo("public.post_embedding__next");
        assertThat(started.obstacles()).isEmpty();
        assertThat(started.isReady()).isFalse();
        assertThat(found("vector_dims(embedding) = 8")).isEqualTo(ROWS);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> replacements.complete("v"))
                .withMessageContainingAll("5 of 5 rows", "post_embedding_store__next", "v__next", "v:SEARCH_GAP");

        posts.drain("v__next");
        VectorizerReplacement filled = replacements.find("v").orElseThrow();

        assertThat(filled.isReady()).isTrue();
        assertThat(found("vector_dims(embedding) = 8")).isEqualTo(ROWS);
        assertThat(replacements.complete("v")).hasSize(2);
        assertThat(found("vector_dims(embedding) = 16")).isEqualTo(ROWS);
        assertThat(found("chunk like 'title%: body%'")).isEqualTo(ROWS);
        assertThat(replacements.find("v")).isEmpty();
        assertThat(replacements.list()).isEmpty();
        assertThat(pgai.list()).extracting(StoredVectorizer::name).containsExactly("v");
        assertThat(pgai.find("v").orElseThrow().enabled()).isTrue();
        assertThat(pgai.find("v").orElseThrow().id()).isEqualTo(started.id());
        assertThat(pgai.plan(DesiredState.of(List.of(Posts.LARGE))).isDrift()).isFalse();
    }

    @Test
    void it_is_as_if_it_had_been_created_so() throws SQLException {
        replaced();

        try (Posts fresh = new Posts(0)) {
            fresh.pgai().create(Posts.LARGE);
            assertThat(snapshot(posts).lines())
                    .containsExactlyElementsOf(snapshot(fresh).lines());
        }
    }

    @Test
    void rows_that_change_meanwhile_are_queued_for_what_is_then_there() throws SQLException {
        replacements.start(Posts.LARGE);
        posts.drain("v__next");
        posts.execute(
                "update public.post set body = 'new' where id = 1",
                "insert into public.post values (6, 'title 6', 'body 6')",
                "delete from public.post where id = 2");

        assertThat(replacements.find("v").orElseThrow().missing()).isZero();
        replacements.complete("v");

        assertThat(posts.rows("select id from ai._vectorizer_q_1 order by id")).containsExactly("1", "6");
        assertThat(found("true")).isEqualTo(ROWS - 1);
        posts.drain("v");
        assertThat(posts.rows("select chunk from public.post_embedding where vector_dims(embedding) = 16 order by id"))
                .containsExactly(
                        "title 1: new", "title 3: body 3", "title 4: body 4", "title 5: body 5", "title 6: body 6");
    }

    @Test
    void what_a_subscription_writes_is_queued_for_both() throws SQLException {
        String always = "alter table public.post enable always trigger _vectorizer_src_trg_%1$s,"
                + " enable always trigger _vectorizer_src_trg_%1$s_truncate";
        posts.execute(String.format(always, 1));
        replacements.start(Posts.LARGE);
        posts.drain("v__next");

        posts.execute("set session_replication_role = replica; update public.post set body = 'new' where id = 1");

        assertThat(posts.rows("select id from ai._vectorizer_q_2")).containsExactly("1");
        posts.execute("alter table public.post enable trigger _vectorizer_src_trg_2");
        assertThat(replacements.find("v").orElseThrow().obstacles())
                .containsExactly("trigger _vectorizer_src_trg_1 of public.post fires always, and"
                        + " _vectorizer_src_trg_2 does not");
        posts.execute(String.format(always, 2));
        replacements.complete("v");
        assertThat(posts.rows("select id from ai._vectorizer_q_1")).containsExactly("1");
    }

    @Test
    void a_row_that_the_first_has_embedded_meanwhile_must_be_embedded_by_the_second() throws SQLException {
        replacements.start(Posts.LARGE);
        posts.drain("v__next");
        posts.execute("insert into public.post values (6, 'title 6', 'body 6')");
        posts.drain("v");

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> replacements.complete("v"))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(Problem::code)
                        .containsExactly(Problem.Code.REPLACEMENT_NOT_FILLED));
        assertThat(pgai.find("v").orElseThrow().enabled()).isTrue();

        replacements.complete("v", List.of(new Consent("v", Hazard.SEARCH_GAP)), Duration.ofSeconds(10));
        assertThat(posts.rows("select id from ai._vectorizer_q_1")).containsExactly("6");
    }

    @Test
    void a_start_that_is_made_again_queues_what_is_missing() throws SQLException {
        replacements.start(Posts.LARGE);
        posts.execute("delete from ai._vectorizer_q_2 where id > 2");
        posts.drain("v__next");
        assertThat(replacements.find("v").orElseThrow().missing()).isEqualTo(ROWS - 2);

        VectorizerReplacement again = replacements.start(Posts.LARGE);

        assertThat(again.pending()).isEqualTo(ROWS - 2);
        posts.drain("v__next");
        assertThat(replacements.find("v").orElseThrow().isReady()).isTrue();
    }

    @Test
    void another_one_is_refused_until_the_first_is_aborted() throws SQLException {
        Snapshot before = snapshot(posts);
        replacements.start(Posts.LARGE);
        VectorizerDefinition other =
                Posts.LARGE.toBuilder().embedding(Embedding.ollama("huge", 32)).build();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> replacements.start(other))
                .withMessageContainingAll("embedding.model", "abort it");

        replacements.abort("v");

        assertThat(snapshot(posts)).isEqualTo(before);
        assertThat(replacements.list()).isEmpty();
        assertThat(replacements.start(other).next()).isEqualTo("v__next");
    }

    static Stream<VectorizerDefinition> what_is_not_of_the_embedding_is_refused() {
        return Stream.of(
                Posts.LARGE.toBuilder()
                        .source(RelationName.of("public", "other"))
                        .build(),
                Posts.LARGE.toBuilder()
                        .destination(Destination.table("elsewhere"))
                        .build(),
                Posts.LARGE.toBuilder().queueTable("rows").build());
    }

    @ParameterizedTest
    @MethodSource
    void what_is_not_of_the_embedding_is_refused(VectorizerDefinition other) throws SQLException {
        posts.execute("create table public.other (like public.post including all)");
        Snapshot before = snapshot(posts);

        assertThatExceptionOfType(PgaiDatabaseException.class)
                .isThrownBy(() -> replacements.start(other))
                .returns("55000", PgaiDatabaseException::sqlState)
                .withMessageContaining("drop the vectorizer, and create it anew");
        assertThat(snapshot(posts)).isEqualTo(before);
    }

    @Test
    void what_was_not_started_is_neither_completed_nor_aborted() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> replacements.complete("v"))
                .withMessageContaining("No replacement of vectorizer \"v\" has been started");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> replacements.abort("v"))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(Problem::code)
                        .containsExactly(Problem.Code.REPLACEMENT_MISSING));
        assertThatExceptionOfType(VectorizerNotFoundException.class).isThrownBy(() -> replacements.find("other"));
        assertThatExceptionOfType(VectorizerNotFoundException.class)
                .isThrownBy(() ->
                        replacements.start(Posts.LARGE.toBuilder().name("other").build()));
    }

    static Stream<List<String>> what_would_stay_behind_is_named_and_in_the_way() {
        return Stream.of(
                List.of("create view public.mine as select id from public.post_embedding", "view public.mine reads"),
                List.of(
                        "create materialized view public.mine as select id from public.post_embedding_store",
                        "materialized view public.mine reads"),
                List.of(
                        "create function public.mine() returns bigint language sql begin atomic"
                                + " select count(*) from public.post_embedding; end",
                        "function public.mine() uses public.post_embedding"),
                List.of(
                        "create function public.mine() returns setof public.post_embedding language sql as"
                                + " 'select * from public.post_embedding'",
                        "function public.mine() uses public.post_embedding"),
                List.of(
                        "create table public.mine (e uuid references public.post_embedding_store)",
                        "foreign key mine_e_fkey of public.mine refers to public.post_embedding_store"),
                List.of(
                        "create policy mine on public.post_embedding_store using (true)",
                        "policy mine of public.post_embedding_store is not on"),
                List.of(
                        "alter table public.post_embedding_store add column mine int",
                        "column mine of public.post_embedding_store is not in"),
                List.of(
                        "alter table public.post_embedding_store add constraint mine check (chunk_seq >= 0)",
                        "constraint mine of public.post_embedding_store is not on"),
                List.of(
                        "create trigger mine before insert on public.post_embedding_store execute function"
                                + " suppress_redundant_updates_trigger()",
                        "trigger mine of public.post_embedding_store is not on"),
                List.of(
                        "alter table public.post_embedding_store enable row level security",
                        "row-level security of public.post_embedding_store is not on for"),
                List.of(
                        "create rule mine as on delete to public.post_embedding do instead nothing",
                        "rule mine of public.post_embedding is not on"),
                List.of(
                        "create table public.reader (id int); create policy mine on public.reader using (exists"
                                + " (select from public.post_embedding e where e.id = reader.id))",
                        "policy mine on table public.reader uses public.post_embedding"),
                List.of(
                        "create policy mine on public.post_embedding_store using"
                                + " ((select count(*) from public.post_embedding) > 0)",
                        "policy mine on table public.post_embedding_store uses public.post_embedding"),
                List.of(
                        "create table public.mine () inherits (public.post_embedding_store)",
                        "table public.mine uses public.post_embedding_store"),
                List.of(
                        "create table public.mine (e public.post_embedding[])",
                        "column e of table public.mine uses public.post_embedding"),
                List.of(
                        "create rule mine as on insert to public.post do also delete from public.post_embedding_store",
                        "rule of table public.post reads public.post_embedding_store"),
                List.of(
                        "create statistics public.mine on id, chunk_seq from public.post_embedding_store",
                        "statistics mine of public.post_embedding_store have none beside them"),
                List.of(
                        "alter view public.post_embedding alter column chunk set default ''",
                        "column chunk of public.post_embedding is not in public.post_embedding__next"),
                List.of(
                        "create index mine on public.post_embedding_store ((chunk || 'x'))",
                        "index mine of public.post_embedding_store has none beside it: mine__next on"),
                List.of(
                        "create publication mine for table public.post_embedding_store (embedding_uuid, chunk)",
                        "publication mine has public.post_embedding_store and not"));
    }

    @ParameterizedTest
    @MethodSource
    void what_would_stay_behind_is_named_and_in_the_way(List<String> obstacle) throws SQLException {
        posts.execute(obstacle.get(0));
        assertThat(replacements.start(Posts.LARGE).obstacles()).anyMatch(named -> named.contains(obstacle.get(1)));
        posts.drain("v__next");

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> replacements.complete("v"))
                .withMessageContaining(obstacle.get(1));
        assertThat(pgai.find("v").orElseThrow().enabled()).isTrue();
    }

    static Stream<List<String>> what_is_the_same_by_name_alone_is_in_the_way() {
        String store = "public.post_embedding_store";
        return Stream.of(
                List.of(
                        "create policy mine on " + store + " using (chunk_seq = 0)",
                        "create policy mine on " + store + "__next using (true)",
                        "policy mine of"),
                List.of(
                        "create trigger mine before update on " + store + " execute function"
                                + " suppress_redundant_updates_trigger()",
                        "create trigger mine before insert on " + store + "__next execute function"
                                + " suppress_redundant_updates_trigger()",
                        "trigger mine of"),
                List.of(
                        "create rule mine as on delete to public.post_embedding do instead delete from public.post",
                        "create rule mine as on delete to public.post_embedding__next do instead nothing",
                        "rule mine of"),
                List.of(
                        "create publication mine for table " + store + " where (chunk_seq = 0)",
                        "alter publication mine add table " + store + "__next",
                        "publication mine has"),
                List.of(
                        "alter table " + store + " add column mine int",
                        "alter table " + store + "__next add column mine text",
                        "column mine of"),
                List.of("select", "create index late on " + store + " (chunk_seq)", "index late of"),
                List.of("select", "alter table " + store + " set unlogged", "persistence of"));
    }

    @ParameterizedTest
    @MethodSource
    void what_is_the_same_by_name_alone_is_in_the_way(List<String> obstacle) throws SQLException {
        posts.execute(obstacle.get(0));
        replacements.start(Posts.LARGE);

        posts.execute(obstacle.get(1));

        assertThat(replacements.find("v").orElseThrow().obstacles())
                .singleElement()
                .asString()
                .contains(obstacle.get(2));
    }

    @Test
    void what_is_made_beside_it_with_its_names_is_no_obstacle() throws SQLException {
        posts.execute(
                "create policy mine on public.post_embedding_store using (exists"
                        + " (select from public.post p where p.id = post_embedding_store.id))",
                "create trigger mine instead of delete on public.post_embedding for each row execute function"
                        + " suppress_redundant_updates_trigger()",
                "create rule mine as on insert to public.post_embedding do instead"
                        + " delete from public.post_embedding_store where id = new.id",
                "create index mine on public.post_embedding_store ((chunk || 'x'))",
                "create publication mine for table public.post_embedding_store where (chunk_seq = 0)"
                        + " with (publish = 'insert')");
        replacements.start(Posts.LARGE);
        posts.execute(
                "create policy mine on public.post_embedding_store__next using (exists"
                        + " (select from public.post p where p.id = post_embedding_store__next.id))",
                "create trigger mine instead of delete on public.post_embedding__next for each row execute function"
                        + " suppress_redundant_updates_trigger()",
                "create rule mine as on insert to public.post_embedding__next do instead"
                        + " delete from public.post_embedding_store__next where id = new.id",
                "create index mine__next on public.post_embedding_store__next ((chunk || 'y'))",
                "alter publication mine add table public.post_embedding_store__next where (chunk_seq = 0)");
        assertThat(replacements.find("v").orElseThrow().obstacles()).isEmpty();
        posts.drain("v__next");

        replacements.complete("v");

        assertThat(posts.rows("select relname from pg_class where relname like 'mine%'"))
                .containsExactly("mine");
        assertThat(posts.query("select pg_get_indexdef('public.mine'::regclass)"))
                .contains("'y'");
    }

    static Stream<List<String>> what_takes_a_name_is_found_before() {
        return Stream.of(
                List.of("create table public.post_embedding_store__next ()", "public.post_embedding_store__next"),
                List.of("create view public.post_embedding__next as select 1", "public.post_embedding__next"),
                List.of("create type public.post_embedding__next as enum ()", "public.post_embedding__next"));
    }

    @ParameterizedTest
    @MethodSource
    void what_takes_a_name_is_found_before(List<String> taken) throws SQLException {
        posts.execute(taken.get(0));

        assertThat(pgai.check(VectorizerChange.startReplacement(Posts.LARGE)))
                .extracting(Problem::code)
                .containsExactly(Problem.Code.NAME_TAKEN);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> replacements.start(Posts.LARGE))
                .withMessageContainingAll(taken.get(1), "Drop or rename it")
                .withMessageNotContaining("set ");
    }

    @Test
    void what_the_second_could_not_load_is_found_before() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> replacements.start(Posts.LARGE.toBuilder()
                        .loading(Loading.column("absent"))
                        .build()))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(Problem::code)
                        .containsExactly(Problem.Code.LOADING_COLUMN_MISSING));
    }

    @Test
    void what_fills_is_not_replaced_itself() {
        replacements.start(Posts.LARGE);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() ->
                        replacements.start(pgai.find("v__next").orElseThrow().definition()))
                .withMessageContaining("part of a replacement");
    }

    @Test
    void what_fills_beside_another_source_does_not_take_its_place() throws SQLException {
        replacements.start(Posts.LARGE);
        posts.drain("v__next");
        pgai.drop("v", Embeddings.DROP);
        posts.execute("create table public.other (like public.post including all)");
        pgai.create(Posts.SMALL.toBuilder()
                .source(RelationName.of("public", "other"))
                .build());

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() ->
                        replacements.complete("v", List.of(new Consent("v", Hazard.SEARCH_GAP)), Duration.ofSeconds(1)))
                .withMessageContaining("v__next has no trigger on the source of v");
        replacements.abort("v");
        assertThat(pgai.list()).extracting(StoredVectorizer::name).containsExactly("v");
    }

    @Test
    void one_whose_second_is_damaged_is_told_and_aborted() throws SQLException {
        replacements.start(Posts.LARGE);
        posts.execute("drop table public.post_embedding_store__next cascade");

        VectorizerReplacement damaged = replacements.list().get(0);
        assertThat(damaged.isReady()).isFalse();
        assertThat(damaged.obstacles())
                .containsExactly("vectorizer v__next has no store", "vectorizer v__next has no view");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> replacements.complete("v"))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(Problem::code)
                        .containsOnly(Problem.Code.VECTORIZER_DAMAGED));
        replacements.abort("v");
        assertThat(pgai.list()).extracting(StoredVectorizer::name).containsExactly("v");
    }

    @Test
    void an_abort_names_what_depends_on_what_fills() throws SQLException {
        replacements.start(Posts.LARGE);
        posts.execute("create view public.mine as select * from public.post_embedding__next");

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> replacements.abort("v"))
                .withMessageContainingAll("Nothing was dropped", "public.mine");
        assertThat(pgai.list()).extracting(StoredVectorizer::enabled).containsExactly(true, true);
    }

    @Test
    void of_many_who_start_or_complete_it_at_once_none_undoes_what_another_did() throws Exception {
        Callable<Object> start =
                () -> Pgai.on(posts.database().dataSource()).replacements().start(Posts.LARGE);
        Callable<Object> complete =
                () -> Pgai.on(posts.database().dataSource()).replacements().complete("v");
        for (Callable<Object> call : List.of(start, complete)) {
            ExecutorService many = Executors.newFixedThreadPool(3);
            try {
                for (Future<Object> one : many.invokeAll(List.of(call, call, call))) {
                    try {
                        one.get();
                    } catch (ExecutionException e) {
                        // There was nothing left to complete.
                        assertThat(e)
                                .hasCauseInstanceOf(RefusedException.class)
                                .hasMessageContaining("No replacement of vectorizer \"v\" has been started");
                    }
                }
            } finally {
                many.shutdown();
            }
            if (!replacements.list().isEmpty()) {
                posts.drain("v__next");
            }
        }
        assertThat(found("vector_dims(embedding) = 16")).isEqualTo(ROWS);
        assertThat(pgai.list()).extracting(StoredVectorizer::name).containsExactly("v");
        assertThat(pgai.find("v").orElseThrow().enabled()).isTrue();
    }

    @Test
    void what_is_made_beside_it_too_is_no_obstacle() throws SQLException {
        posts.execute("create policy mine on public.post_embedding_store using (true)");
        replacements.start(Posts.LARGE);
        posts.drain("v__next");
        posts.execute("create policy mine on public.post_embedding_store__next using (true)");

        replacements.complete("v");

        assertThat(posts.query("select polrelid::regclass from pg_policy")).isEqualTo("post_embedding_store");
    }

    @Test
    void indexes_rights_options_and_comments_are_those_of_before() throws SQLException {
        String role = "reader_of_" + posts.database().name();
        posts.execute(
                "create role " + role,
                "create index by_chunk on public.post_embedding_store (chunk, id desc)",
                "create unique index once on public.post_embedding_store using btree (id, chunk_seq, chunk)",
                "create index first_chunks on public.post_embedding_store (id) where chunk_seq = 0",
                "alter table public.post_embedding_store set unlogged",
                "alter table public.post_embedding_store replica identity full",
                "alter table public.post_embedding_store alter chunk set storage external,"
                        + " alter chunk set (n_distinct = 100), alter chunk_seq set statistics 50");
        try {
            replacements.start(Posts.LARGE.toBuilder()
                    .embedding(Embedding.ollama("large", 8))
                    .build());
            posts.execute(
                    "grant select on public.post_embedding, public.post_embedding_store to " + role,
                    "grant update (chunk) on public.post_embedding_store to " + role,
                    "alter view public.post_embedding set (security_invoker = true)",
                    "alter table public.post_embedding_store set (fillfactor = 70)",
                    "comment on view public.post_embedding is 'it''s a view'",
                    "comment on column public.post_embedding_store.chunk is 'a chunk'",
                    "comment on index public.by_chunk is 'an index'",
                    "comment on constraint post_embedding_store_pkey on public.post_embedding_store is 'a key'");
            String settings = posts.query(SETTINGS);
            Snapshot before = snapshot(posts);
            posts.drain("v__next");
            replacements.complete("v");
            assertThat(ofStoreAndView(snapshot(posts))).isEqualTo(ofStoreAndView(before));
            assertThat(posts.query(SETTINGS)).isEqualTo(settings);
            assertThat(posts.query("select obj_description('public.post_embedding'::regclass)"))
                    .isEqualTo("it's a view");
            assertThat(posts.query("select col_description('public.post_embedding_store'::regclass, attnum)"
                            + " from pg_attribute where attrelid = 'public.post_embedding_store'::regclass"
                            + " and attname = 'chunk'"))
                    .isEqualTo("a chunk");
            assertThat(posts.query("select has_column_privilege('" + role
                            + "', 'public.post_embedding_store', 'chunk', 'update')"))
                    .isEqualTo("t");
        } finally {
            posts.execute("drop owned by " + role, "drop role " + role);
        }
    }

    private static final String SETTINGS =
            "select string_agg(concat_ws(' ', c.relpersistence, c.relreplident, a.attname, a.attstorage, (select array_agg(o)"
                    + " from unnest(a.attoptions) o where o like 'n%'),"
                    + " nullif(a.attstattarget, -1), obj_description('by_chunk'::regclass), (select obj_description(oid,"
                    + " 'pg_constraint') from pg_constraint where conname = 'post_embedding_store_pkey')), ', '"
                    + " order by a.attnum) from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0"
                    + " where c.oid = 'public.post_embedding_store'::regclass";

    /** Without what is beside them. */
    private static List<String> ofStoreAndView(Snapshot snapshot) {
        return snapshot.lines().stream()
                .filter(line -> line.contains("post_embedding") && !line.contains("__next"))
                .filter(line -> !line.startsWith("vectorizer") && !line.startsWith("function"))
                .toList();
    }

    @Test
    void one_that_was_disabled_stays_so() throws SQLException {
        pgai.disable("v");

        replaced();

        assertThat(pgai.find("v").orElseThrow().enabled()).isFalse();
    }

    @Test
    void where_it_ended_between_two_transactions_it_goes_on() throws SQLException {
        replacements.start(Posts.LARGE);
        posts.drain("v__next");
        // What a call does first, and no more.
        posts.execute(
                "update ai.vectorizer set disabled = true",
                "comment on table ai._vectorizer_q_1 is 'pgai for Java has disabled the vectorizer to alter it'");
        try (Connection connection = posts.database().connection()) {
            connection.setAutoCommit(false);
            Pgai.on(connection).apply(VectorizerChange.completeReplacement("v"));
            connection.commit();
        }
        VectorizerReplacement exchanged = replacements.find("v").orElseThrow();
        assertThat(exchanged.phase()).isEqualTo(Phase.EXCHANGED);
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> replacements.abort("v"));
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> replacements.start(Posts.SMALL));

        replacements.complete("v");

        assertThat(pgai.list()).extracting(StoredVectorizer::name).containsExactly("v");
        assertThat(found("vector_dims(embedding) = 16")).isEqualTo(ROWS);
    }

    @Test
    void one_that_a_crash_left_disabled_is_enabled_by_a_start() throws SQLException {
        replacements.start(Posts.LARGE);
        posts.execute(
                "update ai.vectorizer set disabled = true",
                "comment on table ai._vectorizer_q_1 is 'pgai for Java has disabled the vectorizer to alter it'");

        replacements.start(Posts.LARGE);

        assertThat(pgai.list()).extracting(StoredVectorizer::enabled).containsExactly(true, true);
    }

    @Test
    void one_that_a_crash_left_disabled_is_enabled_by_an_abort() throws SQLException {
        replacements.start(Posts.LARGE);
        posts.execute(
                "update ai.vectorizer set disabled = true",
                "comment on table ai._vectorizer_q_1 is 'pgai for Java has disabled the vectorizer to alter it'");

        replacements.abort("v");

        assertThat(pgai.find("v").orElseThrow().enabled()).isTrue();
        assertThat(posts.query("select obj_description('ai._vectorizer_q_1'::regclass) is null"))
                .isEqualTo("t");
    }

    @Test
    void one_that_cannot_be_completed_goes_on_to_fill() throws SQLException {
        replacements.start(Posts.LARGE);
        posts.drain("v__next");
        try (Connection worker = posts.database().connection()) {
            Posts.execute(worker, "set application_name = 'pgai-worker[2]: public.post'");
            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> replacements.complete("v", List.of(), Duration.ZERO))
                    .withMessageContaining("workers are still at it");
        }

        assertThat(pgai.list()).extracting(StoredVectorizer::enabled).containsExactly(true, true);
        replacements.complete("v");
    }

    @Test
    void a_reader_that_holds_locks_is_waited_for_without_others_waiting() throws SQLException {
        replacements.start(Posts.LARGE);
        posts.drain("v__next");
        try (Connection reader = posts.database().connection()) {
            reader.setAutoCommit(false);
            Posts.execute(reader, "select * from public.post_embedding");

            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> replacements.complete("v", List.of(), Duration.ofMillis(500)))
                    .returns("55P03", PgaiDatabaseException::sqlState);
        }
        assertThat(pgai.list()).extracting(StoredVectorizer::enabled).containsExactly(true, true);
        assertThat(found("vector_dims(embedding) = 8")).isEqualTo(ROWS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"repeatable read", "serializable"})
    void a_transaction_that_does_not_see_what_others_queue_is_refused(String level) throws SQLException {
        replacements.start(Posts.LARGE);
        posts.drain("v__next");
        posts.execute("update ai.vectorizer set disabled = true");
        try (Connection connection = posts.database().connection()) {
            connection.setAutoCommit(false);
            Posts.execute(connection, "set transaction isolation level " + level);
            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> Pgai.on(connection).apply(VectorizerChange.completeReplacement("v")))
                    .returns("55000", PgaiDatabaseException::sqlState)
                    .withMessageContaining("not read committed");
        }
    }

    @Test
    void long_and_odd_names_have_room_beside_them() throws SQLException {
        String table = "Ein \"Tisch\" mit ü" + "ü".repeat(20);
        posts.execute("create table public." + quoted(table) + " (id int primary key, title text, body text)");
        VectorizerDefinition small = Posts.SMALL.toBuilder()
                .name("a" + "b".repeat(62))
                .source(RelationName.of("public", table))
                .destination(Destination.table()
                        .withTargetTable("t" + "ü".repeat(31))
                        .withViewName("w" + "é".repeat(31)))
                .build();
        pgai.create(small);
        posts.execute("insert into public." + quoted(table) + " values (1, 't', 'b')");
        posts.drain(String.valueOf(small.name()));

        VectorizerReplacement started = replacements.start(
                small.toBuilder().embedding(Embedding.ollama("m", 4)).build());
        posts.drain(started.next());
        replacements.complete(started.name());

        assertThat(posts.query("select vector_dims(embedding) from public." + quoted("w" + "é".repeat(31))))
                .isEqualTo("4");
    }

    @Test
    void names_that_begin_alike_have_names_of_their_own_beside_them() throws SQLException {
        String begin = "x".repeat(61);
        for (String end : List.of("1", "2")) {
            VectorizerDefinition small = Posts.SMALL.toBuilder()
                    .name(begin + "v" + end)
                    .destination(Destination.table()
                            .withTargetTable(begin + "t" + end)
                            .withViewName(begin + "w" + end))
                    .queueTable("queue" + end)
                    .build();
            pgai.create(small);
            posts.drain(begin + "v" + end);
            posts.execute(
                    "create index " + begin + "i" + end + " on public." + begin + "t" + end + " (chunk_seq)",
                    "create index " + begin + "j" + end + " on public." + begin + "t" + end + " (chunk_seq)");
            replacements.start(
                    small.toBuilder().embedding(Embedding.ollama("m", 4)).build());
        }
        for (VectorizerReplacement started : replacements.list()) {
            assertThat(started.obstacles()).isEmpty();
            posts.drain(started.next());
            replacements.complete(started.name());
        }

        assertThat(posts.rows("select relname from pg_class where relname like 'x%' and relkind in ('r', 'v')"))
                .containsExactlyInAnyOrder(begin + "t1", begin + "w1", begin + "t2", begin + "w2");
        assertThat(posts.rows("select relname from pg_class where relname ~ '^x+[ij].$'"))
                .hasSize(4);
    }

    @Test
    void by_an_owner_who_is_no_superuser() throws SQLException {
        String role = "owner_of_" + posts.database().name();
        posts.execute(
                "create role " + role,
                "select ai.grant_vectorizer_usage('" + role + "', admin => true)",
                "grant create, usage on schema public to " + role,
                "create table public.mine (like public.post including all)",
                "insert into public.mine select * from public.post",
                "alter table public.mine owner to " + role);
        try {
            PGSimpleDataSource dataSource = posts.database().dataSource();
            dataSource.setOptions("-c role=" + role);
            Pgai owners = Pgai.on(dataSource);
            RelationName mine = RelationName.of("public", "mine");
            owners.create(Posts.SMALL.toBuilder().name("w").source(mine).build());
            posts.drain("w");

            owners.replacements()
                    .start(Posts.LARGE.toBuilder().name("w").source(mine).build());
            posts.drain("w__next");
            owners.replacements().complete("w");

            assertThat(posts.query("select count(*) from public.mine_embedding where vector_dims(embedding) = 16"))
                    .isEqualTo(Integer.toString(ROWS));
            assertThat(posts.query(
                            "select relowner::regrole from pg_class where oid = 'public.mine_embedding'::regclass"))
                    .isEqualTo(role);
        } finally {
            posts.execute("drop table public.mine cascade", "drop owned by " + role + " cascade", "drop role " + role);
        }
    }

    @Test
    void a_definition_that_is_altered_back_starts_another() throws SQLException {
        replaced();

        replacements.start(Posts.SMALL);
        posts.drain("v__next");
        replacements.complete("v");

        assertThat(found("vector_dims(embedding) = 8")).isEqualTo(ROWS);
        assertThat(DefinitionDifference.all(
                        Posts.SMALL, pgai.find("v").orElseThrow().definition()))
                .isEmpty();
    }

    @Test
    void as_changes_in_migrations() throws SQLException {
        pgai.apply(VectorizerChange.startReplacement(Posts.LARGE));
        posts.drain("v__next");
        pgai.apply(List.of(VectorizerChange.disable("v"), VectorizerChange.disable("v__next")));
        pgai.apply(List.of(VectorizerChange.completeReplacement("v"), VectorizerChange.enable("v")));
        assertThat(pgai.apply(VectorizerChange.completeReplacement("v")).changed())
                .isFalse();
        pgai.drop("v__next", Embeddings.DROP);

        assertThat(found("vector_dims(embedding) = 16")).isEqualTo(ROWS);
        assertThat(VectorizerChange.startReplacement(Posts.SMALL).inverse())
                .contains(VectorizerChange.abortReplacement("v"));
    }

    private void replaced() {
        replacements.start(Posts.LARGE);
        posts.drain("v__next");
        replacements.complete("v");
    }

    private long found(String condition) throws SQLException {
        return Long.parseLong(posts.query("select count(*) from public.post_embedding where " + condition));
    }

    private static Snapshot snapshot(Posts posts) throws SQLException {
        try (Connection connection = posts.database().connection()) {
            return Snapshot.of(connection);
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
