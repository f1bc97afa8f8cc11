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
import dev.pgai.database.Problem;
import dev.pgai.database.Problem.Severity;
import dev.pgai.database.RefusedException;
import dev.pgai.database.VectorizerInspection;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
        try (var statement = database.connection().createStatement();
                var row = statement.executeQuery(
                        "select format('%I.vector', n.nspname) from pg_type t join pg_namespace n on n.oid = t.typnamespace"
                                + " where t.typname = 'vector'")) {
            row.next();
            return row.getString(1);
        }
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

    /** Looks are complete, so that nobody is told a code that no test has seen. */
    @Test
    void every_code_has_been_seen() {
        List<Code> seen = new ArrayList<>(List.of(
                Code.SOURCE_RENAMED,
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
