package dev.pgai.contract.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.database.Damage;
import dev.pgai.database.Damage.Code;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabases;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all vectorizers need is damaged. */
class DamagedCatalogTest {

    private DamagedDatabase database;
    private Pgai pgai;

    @BeforeEach
    void createDatabase() throws SQLException {
        database = new DamagedDatabase(TestDatabases.standard(), DamagedDatabase.TO_TABLE);
        pgai = database.pgai();
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        database.close();
    }

    @Test
    void the_type_of_embeddings_is_gone() throws SQLException {
        // The extension, or the stand-in for it; and with it what depends on it.
        database.execute("""
                do $$ begin
                if exists (select from pg_extension where extname = 'vector') then drop extension vector cascade;
                else execute (select format('drop type %s cascade', oid::regtype) from pg_type where typname = 'vector');
                end if; end $$""");

        assertThat(pgai.inspect("blog_table").damages())
                .extracting(Damage::code)
                .contains(Code.VECTOR_MISSING, Code.STORE_DIFFERS, Code.VIEW_MISSING);
        assertThat(pgai.list()).singleElement().satisfies(listed -> {
            assertThat(listed.isWhole()).isFalse();
            assertThat(listed.damages()).extracting(Damage::code).contains(Code.VECTOR_MISSING);
        });
        assertThat(pgai.check(DamagedDatabase.TO_COLUMN))
                .extracting(Problem::code)
                .contains(Problem.Code.VECTOR_MISSING);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> pgai.create(DamagedDatabase.TO_COLUMN))
                .withMessageContaining("extension vector");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> pgai.repair("blog_table"))
                .withMessageContaining("extension vector");
    }

    @Test
    void the_function_that_embeds_a_question_is_gone() throws SQLException {
        dropFunctions("vectorizer_embed");

        assertThat(pgai.inspect("blog_table").damages())
                .extracting(Damage::code)
                .containsExactly(Code.EMBED_FUNCTION_MISSING);
        assertThat(pgai.exists("blog_table")).as("no worker needs it").isTrue();
    }

    @Test
    void a_function_of_the_worker_is_gone() throws SQLException {
        dropFunctions("_worker_start");

        assertThat(pgai.inspect("blog_table").damages()).singleElement().satisfies(damage -> {
            assertThat(damage.code()).isEqualTo(Code.CATALOG_INCOMPLETE);
            assertThat(damage.effect()).contains("_worker_start");
            assertThat(damage.hint()).contains("CatalogInstaller");
        });
        assertThat(pgai.exists("blog_table")).isFalse();
    }

    @Test
    void each_function_that_creates_is_missed() throws SQLException {
        for (String function : new String[] {"create_vectorizer", "_vectorizer_create_view", "_evaluate_destination"}) {
            dropFunctions(function);

            assertThatExceptionOfType(RefusedException.class)
                    .as(function)
                    .isThrownBy(() -> pgai.create(DamagedDatabase.TO_COLUMN))
                    .withMessageContaining(function)
                    .withMessageContaining("CatalogInstaller");
        }
    }

    @Test
    void a_subscription_writes_where_the_trigger_does_not_fire() throws SQLException {
        database.execute("create subscription s connection 'dbname=none' publication p"
                + " with (connect = false, slot_name = none, enabled = false, create_slot = false)");
        try {
            database.execute("set allow_system_table_mods = on;"
                    + " insert into pg_subscription_rel (srsubid, srrelid, srsubstate)"
                    + " select s.oid, 'public.blog'::regclass, 'r' from pg_subscription s, pg_database d"
                    + " where d.oid = s.subdbid and d.datname = current_database()");

            assertThat(pgai.inspect("blog_table").damages()).singleElement().satisfies(damage -> {
                assertThat(damage.code()).isEqualTo(Code.TRIGGER_NOT_FOR_REPLICATION);
                assertThat(damage.hint()).contains("enable always trigger");
            });

            database.execute("alter table public.blog enable always trigger _vectorizer_src_trg_1;"
                    + " alter table public.blog enable always trigger _vectorizer_src_trg_1_truncate");
            assertThat(pgai.inspect("blog_table").damages()).isEmpty();
        } finally {
            database.execute("drop subscription s");
        }
    }

    private void dropFunctions(String name) throws SQLException {
        database.execute("""
                do $$ declare f regprocedure; begin
                for f in select oid from pg_proc where proname = '%s' and pronamespace = 'ai'::regnamespace loop
                execute format('drop function %%s cascade', f); end loop; end $$""".formatted(name));
    }
}
