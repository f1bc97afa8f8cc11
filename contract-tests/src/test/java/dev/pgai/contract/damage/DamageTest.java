package dev.pgai.contract.damage;

import static dev.pgai.contract.damage.DamagedDatabase.TO_COLUMN;
import static dev.pgai.contract.damage.DamagedDatabase.TO_TABLE;
import static dev.pgai.contract.damage.DamagedDatabase.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Damage;
import dev.pgai.database.Damage.Code;
import dev.pgai.database.MissingRightsException;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.Problem;
import dev.pgai.database.Problem.Severity;
import dev.pgai.database.RefusedException;
import dev.pgai.database.RowCount;
import dev.pgai.database.VectorizerInspection;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.Hazard;
import dev.pgai.plan.PlanStep.Action;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of damage, made by hand: it is seen by its code, and mended, or refused with the reason. */
class DamageTest {

    private static final String AGAIN = "; " + DamagedDatabase.TABLE + "; grant select on public.blog to {reader};"
            + " insert into public.blog select i, 'title ' || i, 'text ' || i from generate_series(1, 3) i";

    /** What is done to the database, what is seen of it, and how many rows are queued after the repair. */
    static Stream<Arguments> mendable() {
        return Stream.of(
                to(TO_TABLE, "drop table ai._vectorizer_q_1", 3, Code.QUEUE_MISSING),
                to(TO_TABLE, "drop table ai._vectorizer_q_failed_1", 1, Code.FAILED_QUEUE_MISSING),
                to(
                        TO_TABLE,
                        "drop table public.blog_embedding_store cascade",
                        4,
                        Code.STORE_MISSING,
                        Code.VIEW_MISSING),
                to(TO_TABLE, "drop view public.blog_embedding", 1, Code.VIEW_MISSING),
                to(TO_TABLE, "drop function ai._vectorizer_src_trg_1 cascade", 4, Code.TRIGGER_MISSING),
                to(TO_TABLE, "drop trigger _vectorizer_src_trg_1 on public.blog", 4, Code.TRIGGER_MISSING),
                to(TO_TABLE, "drop trigger _vectorizer_src_trg_1_truncate on public.blog", 4, Code.TRIGGER_MISSING),
                to(
                        TO_TABLE,
                        "alter table public.blog disable trigger user",
                        4,
                        Code.TRIGGER_DISABLED,
                        Code.TRIGGER_DISABLED),
                to(
                        TO_TABLE,
                        "alter table public.blog enable replica trigger _vectorizer_src_trg_1",
                        4,
                        Code.TRIGGER_DISABLED),
                to(
                        TO_TABLE,
                        "create function public.f() returns trigger language plpgsql as 'begin return new; end';"
                                + " drop trigger _vectorizer_src_trg_1 on public.blog;"
                                + " create trigger _vectorizer_src_trg_1 after insert or update or delete on public.blog"
                                + " for each row execute function public.f()",
                        4,
                        Code.TRIGGER_CALLS_OTHER),
                to(
                        TO_TABLE,
                        "drop trigger _vectorizer_src_trg_1 on public.blog;"
                                + " create trigger _vectorizer_src_trg_1 after insert on public.blog"
                                + " for each row execute function ai._vectorizer_src_trg_1()",
                        4,
                        Code.TRIGGER_CALLS_OTHER),
                to(
                        TO_TABLE,
                        "create or replace function ai._vectorizer_src_trg_1() returns trigger language plpgsql"
                                + " as 'begin return new; end'",
                        4,
                        Code.TRIGGER_CALLS_OTHER),
                to(TO_TABLE, "drop table public.blog cascade" + AGAIN, 4, Code.SOURCE_RECREATED, Code.VIEW_MISSING),
                to(TO_COLUMN, "drop table ai._vectorizer_q_1", 3, Code.QUEUE_MISSING),
                to(TO_COLUMN, "alter table public.blog drop column embedded", 4, Code.EMBEDDING_COLUMN_MISSING),
                to(TO_COLUMN, "drop function ai._vectorizer_src_trg_1 cascade", 4, Code.TRIGGER_MISSING),
                to(
                        TO_COLUMN,
                        "drop table public.blog cascade" + AGAIN,
                        4,
                        Code.SOURCE_RECREATED,
                        Code.EMBEDDING_COLUMN_MISSING));
    }

    private static Arguments to(VectorizerDefinition definition, String sabotage, int queued, Code... codes) {
        return arguments(definition, sabotage, queued, List.of(codes));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mendable")
    void damage_is_seen_and_mended(VectorizerDefinition definition, String sabotage, int queued, List<Code> codes)
            throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), definition)) {
            Pgai pgai = database.pgai();
            String name = name(definition);
            Snapshot whole = Snapshot.of(database.connection());
            assertThat(pgai.inspect()).singleElement().satisfies(inspection -> {
                assertThat(inspection.damages()).isEmpty();
                assertThat(inspection.isWhole()).isTrue();
            });

            database.execute(sabotage);

            assertThat(codes(pgai.inspect(name))).containsExactlyInAnyOrderElementsOf(codes);
            isNowhereCalledPresent(pgai, definition);
            assertThat(pgai.plan(DesiredState.of(List.of(definition))).steps())
                    .as("a row was queued before")
                    .filteredOn(step -> step.action() == Action.REPAIR)
                    .singleElement()
                    .satisfies(step -> assertThat(step.hazards().contains(Hazard.REEMBEDS_ROWS))
                            .isEqualTo(queued > 1));

            assertThat(pgai.repair(name)).isTrue();

            assertThat(pgai.inspect(name).damages()).isEmpty();
            assertThat(withoutHelpers(Snapshot.of(database.connection()))).isEqualTo(whole.lines());
            assertThat(database.number("select count(*) from ai._vectorizer_q_1"))
                    .isEqualTo(queued);
            TestWorker.of(database.database(), name).drain();
            assertThat(pgai.find(name).orElseThrow().status().pending().isZero())
                    .isTrue();
            assertThat(pgai.repair(name)).isFalse();
        }
    }

    private static List<String> withoutHelpers(Snapshot snapshot) {
        return snapshot.lines().stream()
                .filter(line -> !line.startsWith("function f()"))
                .toList();
    }

    private static List<Code> codes(VectorizerInspection inspection) {
        return inspection.damages().stream().map(Damage::code).toList();
    }

    private static void isNowhereCalledPresent(Pgai pgai, VectorizerDefinition definition) {
        String name = name(definition);
        assertThat(pgai.inspect(name).isWhole()).isFalse();
        assertThat(pgai.exists(name)).isFalse();
        assertThat(pgai.find(name)).hasValueSatisfying(found -> {
            assertThat(found.isWhole()).isFalse();
            assertThat(found.damages()).isEqualTo(errorsAndWarnings(pgai.inspect(name)));
        });
        for (VectorizerChange change :
                List.of(VectorizerChange.createIfAbsent(definition), VectorizerChange.create(definition))) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> pgai.apply(change))
                    .satisfies(refused -> assertThat(refused.problems())
                            .allSatisfy(
                                    problem -> assertThat(problem.code()).isEqualTo(Problem.Code.VECTORIZER_DAMAGED)))
                    .withMessageContaining(name)
                    .withMessageContaining("repair");
        }
    }

    private static List<Damage> errorsAndWarnings(VectorizerInspection inspection) {
        return inspection.damages().stream()
                .filter(damage -> damage.code() != Code.ORPHANED_EMBEDDINGS)
                .toList();
    }

    /** What a repair cannot know. */
    static Stream<Arguments> unmendable() {
        return Stream.of(
                of(TO_TABLE, "drop table public.blog cascade", "forget", Code.SOURCE_MISSING, Code.VIEW_MISSING),
                of(
                        TO_TABLE,
                        "drop table public.blog cascade; create view public.blog as select 1 as id",
                        "no table",
                        Code.SOURCE_MISSING,
                        Code.VIEW_MISSING,
                        Code.GRANT_MISSING),
                of(
                        TO_COLUMN,
                        "alter table public.blog drop constraint blog_pkey, add primary key (id, title)",
                        "primary key",
                        Code.KEY_CHANGED),
                of(TO_COLUMN, "alter table public.blog drop constraint blog_pkey", "primary key", Code.KEY_CHANGED),
                of(TO_COLUMN, "alter table public.blog alter id type text", "primary key", Code.KEY_CHANGED),
                of(TO_COLUMN, "alter table public.blog rename content to body", "content", Code.COLUMN_MISSING),
                of(TO_COLUMN, "alter table public.blog alter content type int using 1", "integer", Code.COLUMN_TYPE),
                of(
                        TO_COLUMN,
                        "alter table public.blog add loading_retries int",
                        "loading_retries",
                        Code.COLUMN_RESERVED),
                of(
                        TO_COLUMN,
                        "alter table public.blog rename id to queued_at",
                        "queued_at",
                        Code.KEY_RENAMED,
                        Code.COLUMN_RESERVED),
                of(
                        TO_TABLE,
                        "alter table public.blog add embedding text; drop view public.blog_embedding",
                        "column embedding of public.blog",
                        Code.VIEW_MISSING,
                        Code.VIEW_COLUMN_TAKEN),
                of(
                        TO_COLUMN,
                        "alter table public.blog alter embedded type text using ''",
                        "text",
                        Code.EMBEDDING_COLUMN_DIFFERS),
                of(
                        TO_COLUMN,
                        "alter table public.blog drop embedded, add embedded {vector}(4)",
                        "vector(3)",
                        Code.EMBEDDING_COLUMN_DIFFERS),
                of(
                        TO_TABLE,
                        "drop view public.blog_embedding; alter table public.blog_embedding_store drop embedding,"
                                + " add embedding {vector}(4)",
                        "vector(3)",
                        Code.STORE_DIFFERS,
                        Code.VIEW_MISSING),
                of(
                        TO_TABLE,
                        "alter table public.blog_embedding_store rename chunk to piece",
                        "chunk",
                        Code.STORE_DIFFERS),
                of(
                        TO_TABLE,
                        "alter table public.blog_embedding_store drop constraint blog_embedding_store_id_chunk_seq_key",
                        "id, chunk_seq",
                        Code.STORE_DIFFERS),
                of(
                        TO_TABLE,
                        "drop view public.blog_embedding; create table public.blog_embedding ()",
                        "a table",
                        Code.VIEW_DIFFERS,
                        Code.GRANT_MISSING),
                of(
                        TO_TABLE,
                        "drop view public.blog_embedding; create view public.blog_embedding as select 1 as x",
                        "columns",
                        Code.VIEW_DIFFERS,
                        Code.GRANT_MISSING),
                of(
                        TO_TABLE,
                        "alter table ai._vectorizer_q_1 drop loading_retries",
                        "loading_retries",
                        Code.QUEUE_DIFFERS),
                of(
                        TO_TABLE,
                        "alter table ai._vectorizer_q_failed_1 rename failure_step to step",
                        "failure_step",
                        Code.FAILED_QUEUE_DIFFERS),
                of(
                        TO_TABLE,
                        "drop table ai._vectorizer_q_1; create view ai._vectorizer_q_1 as select 1 as id",
                        "a view",
                        Code.QUEUE_DIFFERS,
                        Code.GRANT_MISSING),
                of(
                        TO_TABLE,
                        "alter table public.blog_embedding_store add tenant int default 1 not null;"
                                + " alter table public.blog_embedding_store alter tenant drop default",
                        "tenant",
                        Code.STORE_DIFFERS),
                of(
                        TO_TABLE,
                        "delete from ai._vectorizer_q_1; alter table ai._vectorizer_q_1 add tenant int not null",
                        "tenant",
                        Code.QUEUE_DIFFERS),
                of(
                        TO_COLUMN,
                        "alter table public.blog alter id type int",
                        "alter table \"ai\".\"_vectorizer_q_1\" alter \"id\" type integer",
                        Code.KEY_CHANGED),
                of(
                        TO_COLUMN,
                        "alter table public.blog drop id, add id bigint generated always as identity primary key",
                        "made again",
                        Code.KEY_CHANGED),
                of(
                        TO_TABLE,
                        "create schema queues; alter table ai._vectorizer_q_1 set schema queues; alter table"
                                + " ai._vectorizer_q_failed_1 set schema queues; update ai.vectorizer set queue_schema ="
                                + " 'queues'; drop schema queues cascade",
                        "schema queues",
                        Code.SCHEMA_MISSING,
                        Code.TRIGGER_CALLS_OTHER,
                        Code.TRIGGER_CALLS_OTHER,
                        Code.QUEUE_MISSING,
                        Code.FAILED_QUEUE_MISSING),
                of(
                        TO_TABLE,
                        "update ai.vectorizer set config = config - 'embedding'",
                        "embedding",
                        Code.ROW_UNREADABLE));
    }

    private static Arguments of(VectorizerDefinition definition, String sabotage, String said, Code... codes) {
        return arguments(definition, sabotage, said, List.of(codes));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("unmendable")
    void what_cannot_be_mended_is_refused_with_the_reason(
            VectorizerDefinition definition, String sabotage, String said, List<Code> codes) throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), definition)) {
            Pgai pgai = database.pgai();
            String name = name(definition);

            database.execute(sabotage.replace("{vector}", vectorType(database)));

            assertThat(codes(pgai.inspect(name))).containsExactlyInAnyOrderElementsOf(codes);
            Snapshot before = Snapshot.of(database.connection());
            assertThat(pgai.exists(name)).isFalse();
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> pgai.repair(name))
                    .satisfies(refused -> assertThat(refused.problems()).isNotEmpty())
                    .withMessageContaining(said);
            assertThat(pgai.check(VectorizerChange.repair(name))).isNotEmpty();
            assertThat(Snapshot.of(database.connection())).isEqualTo(before);
        }
    }

    private static String vectorType(DamagedDatabase database) throws SQLException {
        return database.text("select format('%I.vector', n.nspname) from pg_type t"
                + " join pg_namespace n on n.oid = t.typnamespace where t.typname = 'vector'");
    }

    /** A renamed table and a renamed key are followed, and no embedding is lost. */
    @Test
    void names_are_followed() throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), TO_TABLE)) {
            Pgai pgai = database.pgai();
            database.execute("alter table public.blog rename to posts");

            assertThat(codes(pgai.inspect("blog_table"))).containsExactly(Code.SOURCE_RENAMED);
            assertThat(pgai.repair("blog_table")).isTrue();
            assertThat(pgai.inspect("blog_table").damages()).isEmpty();
            assertThat(pgai.find("blog_table").orElseThrow().definition().source())
                    .hasToString("public.posts");

            database.execute("alter table public.posts rename id to post_id");

            assertThat(codes(pgai.inspect("blog_table"))).containsExactlyInAnyOrder(Code.KEY_RENAMED, Code.VIEW_STALE);
            assertThat(pgai.repair("blog_table")).isTrue();
            assertThat(pgai.inspect("blog_table").damages()).isEmpty();
            assertThat(database.number("select count(post_id) from public.blog_embedding"))
                    .isEqualTo(2);
            database.execute("insert into public.posts values (4, 'title 4', 'text 4')");
            TestWorker.of(database.database(), "blog_table").drain();
            assertThat(database.number("select count(post_id) from public.blog_embedding"))
                    .isEqualTo(4);
        }
    }

    /** A whole one is left alone: to queue its rows again would cost. */
    @Test
    void a_key_in_another_order_than_the_table_is_no_damage() throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), TO_TABLE)) {
            database.execute("create table public.pair (b int, content text, a int, primary key (a, b));"
                    + " insert into public.pair values (1, 'text', 2)");
            Pgai pgai = database.pgai();
            pgai.create(TO_TABLE.toBuilder()
                    .source(RelationName.of("public", "pair"))
                    .name("pair")
                    .formatting(Formatting.pythonTemplate("$chunk"))
                    .build());
            TestWorker.of(database.database(), "pair").drain();

            assertThat(pgai.inspect("pair").damages()).isEmpty();
            assertThat(pgai.repair("pair")).isFalse();
            assertThat(pgai.countPending("pair")).isZero();

            database.execute("drop trigger _vectorizer_src_trg_2 on public.pair");
            assertThat(pgai.repair("pair")).isTrue();
            assertThat(pgai.inspect("pair").damages()).isEmpty();
            assertThat(pgai.countPending("pair")).isOne();
            assertThat(pgai.repair("pair")).isFalse();
        }
    }

    @Test
    void warnings_do_not_keep_a_vectorizer_from_being_present() throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), TO_TABLE)) {
            Pgai pgai = database.pgai();
            database.execute("alter table public.blog add author text; revoke select on public.blog from {reader};"
                    + " alter table public.blog disable trigger user; delete from public.blog where id = 1;"
                    + " alter table public.blog enable trigger user");

            VectorizerInspection inspection = pgai.inspect("blog_table");

            assertThat(codes(inspection))
                    .containsExactlyInAnyOrder(Code.VIEW_STALE, Code.GRANT_MISSING, Code.ORPHANED_EMBEDDINGS);
            assertThat(inspection.damages())
                    .allSatisfy(damage -> assertThat(damage.severity()).isEqualTo(Severity.WARNING));
            assertThat(inspection.isWhole()).isTrue();
            assertThat(pgai.exists("blog_table")).isTrue();
            assertThat(pgai.createIfAbsent(TO_TABLE).created()).isFalse();

            database.execute("grant select on public.blog to {reader}");
            assertThat(pgai.refreshView("blog_table")).isTrue();
            assertThat(codes(pgai.inspect("blog_table"))).containsExactly(Code.ORPHANED_EMBEDDINGS);
            assertThat(pgai.repair("blog_table")).isFalse();
            assertThat(pgai.apply(VectorizerChange.repair("blog_table").deletingOrphans())
                            .changed())
                    .isTrue();
            assertThat(pgai.inspect("blog_table").damages()).isEmpty();
            assertThat(database.number("select count(*) from public.blog_embedding_store"))
                    .isEqualTo(1);
        }
    }

    /** What has another name is not gone: it is followed, or gets its name back, and no row is embedded again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table public.blog_embedding_store rename to kept",
                "create schema other; alter table public.blog_embedding_store set schema other",
                "create schema \"O ther\"; alter table public.blog set schema \"O ther\";"
                        + " alter table public.blog_embedding_store set schema \"O ther\";"
                        + " alter view public.blog_embedding set schema \"O ther\"",
                "alter table public.blog rename id to post_id",
                "alter trigger _vectorizer_src_trg_1 on public.blog rename to other",
                "alter trigger _vectorizer_src_trg_1_truncate on public.blog rename to other"
            })
    void what_has_another_name_costs_nothing(String sabotage) throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), TO_TABLE)) {
            Pgai pgai = database.pgai();
            database.execute(sabotage);

            assertThat(pgai.inspect("blog_table").isWhole()).isFalse();
            assertThat(pgai.list())
                    .singleElement()
                    .matches(vectorizer -> sabotage.contains("rename id")
                            || !vectorizer.damages().isEmpty());
            assertThat(pgai.repair("blog_table")).isTrue();

            assertThat(pgai.inspect("blog_table").damages()).isEmpty();
            assertThat(pgai.countPending("blog_table")).isOne();
            assertThat(pgai.repair("blog_table")).isFalse();
            String store = database.text("select format('%I.%I', config #>> '{destination,target_schema}',"
                    + " config #>> '{destination,target_table}') from ai.vectorizer");
            assertThat(database.number("select count(*) from " + store)).isEqualTo(2);
            database.execute("delete from "
                    + database.text("select format('%I.%I', source_schema, source_table) from ai.vectorizer")
                    + " where title = 'title 1'");
            assertThat(database.number("select count(*) from " + store)).isOne();
        }
    }

    /** A new table has the old name, and the old one has the view: what a search shows is the new one's. */
    @Test
    void a_view_follows_the_table_of_the_name() throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), TO_TABLE)) {
            Pgai pgai = database.pgai();
            database.execute("alter table public.blog rename to old; " + DamagedDatabase.TABLE
                    + "; grant select on public.blog to {reader}; insert into public.blog values (1, 'new', 'text')");

            assertThat(codes(pgai.inspect("blog_table"))).contains(Code.SOURCE_RECREATED, Code.VIEW_STALE);
            pgai.repair("blog_table");

            assertThat(database.number("select count(*) from public.blog_embedding where title = 'new'"))
                    .isOne();
            assertThat(codes(pgai.inspect("blog_table"))).containsExactly(Code.ORPHANED_EMBEDDINGS);
        }
    }

    @Test
    void triggers_of_partitions_are_looked_at() throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), TO_TABLE)) {
            database.execute("create table public.parts (like public.blog, primary key (id)) partition by range (id);"
                    + " create table public.part partition of public.parts for values from (0) to (9)");
            Pgai pgai = database.pgai();
            pgai.create(TO_TABLE.toBuilder()
                    .source(RelationName.of("public", "parts"))
                    .name("parts")
                    .build());
            assertThat(pgai.inspect("parts").damages()).isEmpty();

            database.execute("alter table only public.part disable trigger _vectorizer_src_trg_2;"
                    + " insert into public.parts values (1, 'title', 'text')");

            assertThat(codes(pgai.inspect("parts"))).containsExactly(Code.TRIGGER_DISABLED);
            assertThat(pgai.repair("parts")).isTrue();
            assertThat(pgai.inspect("parts").damages()).isEmpty();
            assertThat(pgai.countPending("parts")).isOne();
        }
    }

    @Test
    void a_trigger_that_always_fires_goes_on_to() throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), TO_TABLE)) {
            database.execute("alter table public.blog enable always trigger _vectorizer_src_trg_1;"
                    + " drop trigger _vectorizer_src_trg_1_truncate on public.blog");

            database.pgai().repair("blog_table");

            assertThat(database.number("select count(*) from pg_trigger where tgname ~ '^_vectorizer_src_trg_1'"
                            + " and tgenabled = case when tgname ~ 'truncate' then 'O' else 'A' end"))
                    .isEqualTo(2);
        }
    }

    /** Who sees some of the rows only, takes none of the others for gone, or for embedded. */
    @Test
    void row_level_security_hides_nothing_from_a_repair_or_a_count() throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), TO_TABLE)) {
            database.execute("alter table public.blog enable row level security, force row level security;"
                    + " create policy first on public.blog using (id = 1);"
                    + " alter table ai._vectorizer_q_1 enable row level security, force row level security;"
                    + " alter table public.blog owner to {reader}; alter table ai._vectorizer_q_1 owner to {reader};"
                    + " alter table public.blog_embedding_store owner to {reader};"
                    + " alter table ai._vectorizer_q_failed_1 owner to {reader}; alter view public.blog_embedding owner to {reader};"
                    + " grant select on public.blog_embedding_store to {reader}; grant usage on schema ai to {reader};"
                    + " grant select, update on ai.vectorizer to {reader}; set role {reader}");
            Pgai pgai = database.pgai();

            assertThat(pgai.inspect("blog_table")).satisfies(seen -> {
                assertThat(seen.damages()).isEmpty();
                assertThat(seen.notSeen()).singleElement().asString().endsWith("bypassrls");
            });
            assertThat(pgai.list())
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.status().pending()).isInstanceOf(RowCount.NotReadable.class));
            assertThatExceptionOfType(MissingRightsException.class).isThrownBy(() -> pgai.countPending("blog_table"));
            assertThatExceptionOfType(MissingRightsException.class)
                    .isThrownBy(() ->
                            pgai.apply(VectorizerChange.repair("blog_table").deletingOrphans()))
                    .withMessageContaining("row-level security");
            database.execute("reset role");
            assertThat(database.number("select count(*) from public.blog_embedding_store"))
                    .isEqualTo(2);
            assertThat(database.number(
                            "select count(*) from pg_settings where name = 'row_security' and setting = 'on'"))
                    .isOne();
        }
    }

    @Test
    void nobody_waits_for_a_table_that_is_locked() throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), TO_TABLE);
                Connection other = database.database().connection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table public.blog, public.blog_embedding_store in access exclusive mode");
            database.execute("set statement_timeout = '20s'; set lock_timeout = '19s'");
            Pgai pgai = database.pgai();

            assertThat(pgai.inspect()).singleElement().satisfies(seen -> {
                assertThat(seen.damages()).isEmpty();
                assertThat(seen.notSeen()).singleElement().asString().contains("locked");
            });
            assertThat(pgai.list()).hasSize(1);
            assertThat(pgai.exists("blog_table")).isTrue();
            assertThat(database.text("show lock_timeout")).isEqualTo("19s");
            other.rollback();
            assertThat(pgai.inspect("blog_table").notSeen()).isEmpty();
        }
    }

    @Test
    void a_view_that_is_made_again_is_given_to_nobody_else() throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), TO_TABLE)) {
            database.execute("alter default privileges in schema public grant all on tables to public;"
                    + " grant select (title) on public.blog_embedding to public");
            String granted = "select count(*) from pg_class c cross join aclexplode(relacl) a"
                    + " where relname = 'blog_embedding' and a.grantee = 0";

            database.pgai()
                    .apply(VectorizerChange.refreshView("blog_table")
                            .around("alter table public.blog alter title type varchar(20)"));

            assertThat(database.number(granted)).isZero();
        }
    }

    /** Who owns the view need not be allowed to use the catalog. */
    @Test
    void the_view_of_another_role_is_refreshed() throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), TO_TABLE)) {
            database.execute(
                    "alter view public.blog_embedding owner to {reader}; alter table public.blog add more text");

            assertThat(database.pgai().refreshView("blog_table")).isTrue();

            assertThat(database.number("select count(*) from pg_class where relname = 'blog_embedding'"
                            + " and pg_get_userbyid(relowner) = '" + database.reader() + "'"))
                    .isOne();
        }
    }

    /** What is refused is refused before, so that the caller's transaction goes on. */
    @Test
    void who_may_not_change_the_objects_is_told_before() throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), TO_TABLE)) {
            Pgai pgai = database.pgai();
            database.execute("select ai.grant_vectorizer_usage('{reader}', true); set role {reader}; begin");
            for (VectorizerChange change : List.of(
                    VectorizerChange.repair("blog_table"),
                    VectorizerChange.refreshView("blog_table"),
                    VectorizerChange.drop("blog_table", Embeddings.KEEP),
                    VectorizerChange.drop("blog_table", Embeddings.DROP))) {
                assertThat(pgai.check(change))
                        .isNotEmpty()
                        .allMatch(problem -> problem.code() == Problem.Code.RIGHT_MISSING);
                assertThatExceptionOfType(MissingRightsException.class)
                        .isThrownBy(() -> pgai.apply(change))
                        .withMessageContaining("owner to");
                assertThat(database.number("select 1")).isOne();
            }
            database.execute("rollback; reset role; grant postgres to {reader}; set role {reader}");
            assertThat(pgai.check(VectorizerChange.repair("blog_table"))).isEmpty();
            assertThat(pgai.repair("blog_table")).isFalse();
            database.execute("reset role; revoke postgres from {reader}");
        }
    }

    /** A view cannot be refreshed from what has another name, or is not there: a repair comes first. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop view public.blog_embedding",
                "alter table public.blog rename to posts",
                "alter table public.blog rename id to post_id",
                "alter table public.blog_embedding_store rename to kept",
                "drop table public.blog cascade"
            })
    void what_keeps_a_view_from_being_refreshed_is_told_before(String sabotage) throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), TO_TABLE)) {
            Pgai pgai = database.pgai();
            database.execute(sabotage);

            assertThat(pgai.check(VectorizerChange.refreshView("blog_table")))
                    .allMatch(problem -> problem.code() == Problem.Code.VECTORIZER_DAMAGED)
                    .isNotEmpty();
            assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> pgai.refreshView("blog_table"));
        }
    }

    static Stream<String> notToBeAdopted() {
        return Stream.of(
                "drop view public.blog_embedding; create view public.blog_embedding as select 1 as x",
                "drop view public.blog_embedding; create table public.blog_embedding ()",
                "alter table public.blog_embedding_store drop constraint blog_embedding_store_id_chunk_seq_key",
                "alter table public.blog_embedding_store add tenant int default 1 not null;"
                        + " alter table public.blog_embedding_store alter tenant drop default",
                "drop view public.blog_embedding; alter table public.blog_embedding_store rename chunk to piece");
    }

    @ParameterizedTest
    @MethodSource("notToBeAdopted")
    void what_cannot_be_adopted_is_told_before(String sabotage) throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), TO_TABLE)) {
            Pgai pgai = database.pgai();
            pgai.drop("blog_table", Embeddings.KEEP);
            database.execute(sabotage);
            Snapshot before = Snapshot.of(database.connection());

            assertThat(pgai.check(VectorizerChange.adopt(TO_TABLE))).isNotEmpty();
            assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> pgai.adopt(TO_TABLE));

            assertThat(Snapshot.of(database.connection())).isEqualTo(before);
        }
    }

    /** The view was kept, and reads the table that has another name by now. */
    @Test
    void an_adopted_view_follows_the_table_of_the_name() throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), TO_TABLE)) {
            Pgai pgai = database.pgai();
            pgai.drop("blog_table", Embeddings.KEEP);
            database.execute("alter table public.blog rename to old; " + DamagedDatabase.TABLE
                    + "; insert into public.blog select id, 'new', content from public.old");

            pgai.adopt(TO_TABLE);

            assertThat(pgai.inspect("blog_table").damages()).isEmpty();
            assertThat(database.number("select count(*) from public.blog_embedding where title = 'new'"))
                    .isEqualTo(2);
        }
    }

    @Test
    void a_source_that_became_a_view_is_forgotten() throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), TO_TABLE)) {
            database.execute("drop table public.blog cascade; create view public.blog as select 1 as id");
            Pgai pgai = database.pgai();

            assertThat(pgai.check(VectorizerChange.forget("blog_table"))).isEmpty();
            pgai.forget("blog_table");

            assertThat(pgai.list()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedding_uuid", "chunk_seq", "chunk", "embedding"})
    void a_column_that_the_view_could_not_show_is_named_before(String column) throws SQLException {
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), TO_TABLE)) {
            database.execute("alter table public.blog add " + column + " text, add other text");
            Pgai pgai = database.pgai();

            assertThat(codes(pgai.inspect("blog_table")))
                    .containsExactlyInAnyOrder(Code.VIEW_COLUMN_TAKEN, Code.VIEW_STALE);
            assertThat(pgai.exists("blog_table")).isTrue();
            assertThat(pgai.check(VectorizerChange.refreshView("blog_table"))).hasSize(1);
            for (VectorizerChange change :
                    List.of(VectorizerChange.refreshView("blog_table"), VectorizerChange.repair("blog_table"))) {
                assertThatExceptionOfType(RefusedException.class)
                        .isThrownBy(() -> pgai.apply(change))
                        .withMessageContainingAll("column " + column + " of public.blog", "Rename it.");
            }
            VectorizerPlan plan = pgai.plan(DesiredState.of(List.of(TO_TABLE)));
            assertThat(plan.isDrift()).isFalse();
            assertThat(plan).asString().contains("WARNING VECTORIZER_IMPAIRED", "column " + column);
            VectorizerPlan anew = pgai.plan(DesiredState.of(List.of(TO_TABLE.toBuilder()
                    .embedding(Embedding.openai("another", 3))
                    .build())));
            assertThat(anew.errors()).extracting(Problem::code).containsExactly(Problem.Code.STEP_IMPOSSIBLE);

            pgai.apply(VectorizerChange.refreshView("blog_table")
                    .around("alter table public.blog rename " + column + " to mine"));

            assertThat(pgai.inspect("blog_table").damages()).isEmpty();
            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> pgai.apply(VectorizerChange.refreshView("blog_table")
                            .around("alter table public.blog add " + column + " text")))
                    .withMessageContainingAll("Nothing was changed", "Choose another name", column);
        }
    }

    /** Looks are complete, so that nobody is told a code that no test has seen. */
    @Test
    void every_code_has_been_seen() {
        List<Code> seen = new ArrayList<>(List.of(
                Code.SOURCE_RENAMED,
                Code.STORE_RENAMED,
                Code.KEY_RENAMED,
                Code.VIEW_STALE,
                Code.GRANT_MISSING,
                Code.ORPHANED_EMBEDDINGS,
                // By DamagedCatalogTest.
                Code.VECTOR_MISSING,
                Code.CATALOG_INCOMPLETE,
                Code.EMBED_FUNCTION_MISSING,
                Code.TRIGGER_NOT_FOR_REPLICATION));
        Stream.concat(mendable(), unmendable()).forEach(row -> {
            for (Object code : (List<?>) row.get()[3]) {
                seen.add((Code) code);
            }
        });

        assertThat(Arrays.stream(Code.values()))
                .allSatisfy(code -> assertThat(seen).contains(code));
    }
}
