package dev.pgai.contract.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.catalog.CatalogInstallException;
import dev.pgai.catalog.CatalogInstallException.Reason;
import dev.pgai.catalog.CatalogScript;
import dev.pgai.catalog.InstallResult.Outcome;
import dev.pgai.jdbc.CatalogInstaller;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The version that is to be installed is installed, and not whole. */
class LostPartsTest {

    private static final String EXISTING = "select string_agg(distinct proname, ' ' order by proname) from pg_proc"
            + " where pronamespace = 'ai'::regnamespace";
    private static final String ALL = "_vectorizer_create_target_table create_vectorizer vectorizer_embed";

    @TempDir
    Path directory;

    private EmptyDatabase database;
    private CatalogScript script;

    @BeforeEach
    void createDatabase() throws Exception {
        database = new EmptyDatabase();
        script = FunctionsScript.of("0.12.1", directory);
        database.execute("create schema \"My Extensions\"");
        installer().withVectorSchema("My Extensions").install(script);
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void what_is_whole_is_left_alone() throws Exception {
        assertThat(installer().install(script).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"create_vectorizer", "vectorizer_embed", "_vectorizer_create_target_table"})
    void a_lost_function_is_made_again(String function) throws Exception {
        drop(function);

        assertThat(Installed.of(installer().install(script)))
                .isEqualTo(new Installed(Outcome.REINSTALLED, "0.12.1", "0.12.1", "My Extensions", false));

        assertThat(database.query(EXISTING)).isEqualTo(ALL);
        assertThat(installer().install(script).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void a_lost_function_is_made_again_in_a_callers_transaction() throws Exception {
        drop("vectorizer_embed");
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);

            assertThat(CatalogInstaller.on(connection).install(script).outcome())
                    .isEqualTo(Outcome.REINSTALLED);

            connection.rollback();
        }
        assertThat(database.query(EXISTING)).isEqualTo("_vectorizer_create_target_table create_vectorizer");
    }

    @Test
    void a_lost_vector_is_created_where_it_was() throws Exception {
        database.execute("drop extension vector cascade");
        assertThat(database.query(EXISTING))
                .isEqualTo("_vectorizer_create_target_table create_vectorizer vectorizer_embed");

        assertThat(Installed.of(installer().withVectorSchema("public").install(script)))
                .isEqualTo(new Installed(Outcome.REINSTALLED, "0.12.1", "0.12.1", "My Extensions", true));

        assertThat(database.query("select extnamespace::regnamespace from pg_extension where extname = 'vector'"))
                .isEqualTo("\"My Extensions\"");
        assertThat(installer().install(script).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void a_lost_vector_is_created_where_it_was_by_an_upgrade() throws Exception {
        database.execute("drop extension vector cascade");

        assertThat(Installed.of(installer().install(FunctionsScript.of("0.12.2", directory))))
                .isEqualTo(new Installed(Outcome.UPGRADED, "0.12.2", "0.12.1", "My Extensions", true));
    }

    @Test
    void a_lost_vector_whose_schema_is_gone_is_refused_unless_another_is_named() throws Exception {
        database.execute("drop schema \"My Extensions\" cascade");

        assertThatExceptionOfType(CatalogInstallException.class)
                .isThrownBy(() -> installer().install(script))
                .returns(Reason.VECTOR_MISSING, CatalogInstallException::reason)
                .withMessageContainingAll("\"My Extensions\".vector", "is gone", "withVectorSchema");

        assertThat(Installed.of(installer().withVectorSchema("public").install(script)))
                .isEqualTo(new Installed(Outcome.REINSTALLED, "0.12.1", "0.12.1", "public", true));
        assertThat(installer().install(script).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void a_lost_vector_of_which_nothing_tells_is_refused_unless_its_schema_is_named() throws Exception {
        database.execute("drop extension vector cascade");
        drop("_vectorizer_create_target_table");

        assertThatExceptionOfType(CatalogInstallException.class)
                .isThrownBy(() -> installer().install(script))
                .returns(Reason.VECTOR_MISSING, CatalogInstallException::reason)
                .withMessageContainingAll("no function", "withVectorSchema");

        assertThat(installer().withVectorSchema("public").install(script).outcome())
                .isEqualTo(Outcome.REINSTALLED);
        assertThat(database.query(EXISTING)).isEqualTo(ALL);
    }

    @Test
    void the_functions_of_a_moved_vector_are_made_for_where_it_is() throws Exception {
        // As alter extension vector set schema would do, which the stand-in does not support.
        database.execute("drop extension vector cascade", "create extension vector schema public");

        assertThat(Installed.of(installer().install(script)))
                .isEqualTo(new Installed(Outcome.REINSTALLED, "0.12.1", "0.12.1", "public", false));

        assertThat(installer().install(script).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void a_script_that_does_not_make_again_what_is_lost_is_refused() throws Exception {
        drop("vectorizer_embed");
        CatalogScript other = SmallScript.of(
                "0.12.1",
                FunctionsScript.TEXT + "drop function ai.vectorizer_embed(bool), ai.vectorizer_embed(text);",
                directory);

        assertThatExceptionOfType(CatalogInstallException.class)
                .isThrownBy(() -> installer().install(other))
                .returns(Reason.FAILED, CatalogInstallException::reason)
                .withMessageContainingAll("not make again", "ai.vectorizer_embed");
    }

    @Test
    void a_function_that_the_script_does_not_make_is_not_missed() throws Exception {
        // Another release may do without: "_worker_start" is missing here all the time.
        assertThat(installer().status().missing()).contains("ai._worker_start").doesNotContain("ai.vectorizer_embed");
        drop("vectorizer_embed");
        assertThat(installer().status().missing()).contains("ai.vectorizer_embed");

        CatalogScript without = SmallScript.of("0.12.1", directory);
        assertThat(installer().install(without).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void only_the_owner_makes_it_again() throws Exception {
        String role = database.createRole();
        database.execute("grant usage on schema ai to " + role, "grant select on ai.pgai_lib_version to " + role);
        try (Connection connection = database.connect()) {
            EmptyDatabase.execute(connection, "set role " + role);
            assertThat(CatalogInstaller.on(connection).install(script).outcome())
                    .isEqualTo(Outcome.UNCHANGED);
            drop("vectorizer_embed");

            assertThatExceptionOfType(CatalogInstallException.class)
                    .isThrownBy(() -> CatalogInstaller.on(connection).install(script))
                    .returns(Reason.NOT_OWNER, CatalogInstallException::reason);
        }
    }

    private CatalogInstaller installer() {
        return CatalogInstaller.on(database.dataSource());
    }

    private void drop(String function) throws SQLException {
        database.execute("drop routine if exists ai." + function + "(bool), ai." + function + "(text)");
    }
}
