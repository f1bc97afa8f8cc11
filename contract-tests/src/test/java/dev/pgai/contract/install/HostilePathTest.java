package dev.pgai.contract.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pgai.catalog.CatalogScript;
import dev.pgai.catalog.CatalogStatus;
import dev.pgai.catalog.InstallResult.Outcome;
import dev.pgai.contract.jdbc.HostileSchema;
import dev.pgai.jdbc.CatalogInstaller;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A superuser installs, and a schema of the search path is one that others write to. */
class HostilePathTest {

    /** Leaves its operators to the search path that it finds. */
    private static final String CARELESS =
            FunctionsScript.TEXT.replace("set local search_path = pg_catalog, pg_temp;", "")
                    + "do $$ begin perform 1::oid = 'pg_class'::regclass, 'a'::name || 'b'::text; end $$;"
                    + "create table if not exists ai.more as select current_setting('server_version')::text as version"
                    + " where 1::oid <> 'pg_class'::regclass;"
                    + "create or replace view ai.vectorizer_status as select 1 as id, 'x' as name;";

    @TempDir
    Path directory;

    private EmptyDatabase database;

    @BeforeEach
    void createDatabase() {
        database = new EmptyDatabase();
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        if (database != null) {
            database.close();
        }
    }

    static Stream<Arguments> each() {
        return Stream.of("\"$user\", public", "public, pg_catalog")
                .flatMap(path -> Stream.of(Outcome.INSTALLED, Outcome.UPGRADED, Outcome.REINSTALLED)
                        .flatMap(outcome ->
                                Stream.of(true, false).map(autoCommit -> arguments(path, outcome, autoCommit))));
    }

    @ParameterizedTest
    @MethodSource("each")
    void whoever_may_write_to_the_schema_gets_nothing_run(String path, Outcome outcome, boolean autoCommit)
            throws Exception {
        prepare(outcome);
        String role = database.createRole();
        database.execute("grant create on schema public to " + role);
        try (Connection mallory = database.connect()) {
            EmptyDatabase.execute(
                    mallory,
                    "set role " + role,
                    "create function public.f(oid, regclass) returns bool language plpgsql as"
                            + " $$ begin execute 'alter role " + role + " superuser'; return true; end $$",
                    "create operator public.= (leftarg = oid, rightarg = regclass, function = public.f)",
                    "create operator public.<> (leftarg = oid, rightarg = regclass, function = public.f)",
                    "create function public.g(name, text) returns text language plpgsql as"
                            + " $$ begin execute 'alter role " + role + " superuser'; return 'x'; end $$",
                    "create operator public.|| (leftarg = name, rightarg = text, function = public.g)");
        }

        install(path, outcome, autoCommit);

        assertThat(database.query("select rolsuper from pg_roles where rolname = '" + role + "'"))
                .isEqualTo("f");
    }

    @ParameterizedTest
    @MethodSource("each")
    void nothing_of_ours_is_looked_for_in_the_schema(String path, Outcome outcome, boolean autoCommit)
            throws Exception {
        prepare(outcome);
        try (Connection connection = database.connect()) {
            HostileSchema.fill(connection, "public");
        }

        install(path, outcome, autoCommit);
    }

    private void prepare(Outcome outcome) throws Exception {
        database.execute("create schema extensions");
        if (outcome != Outcome.INSTALLED) {
            CatalogInstaller.on(database.dataSource())
                    .withVectorSchema("extensions")
                    .install(SmallScript.of(outcome == Outcome.UPGRADED ? "0.10.1" : "0.12.1", CARELESS, directory));
            database.execute(
                    "drop function ai.vectorizer_embed(text), ai.vectorizer_embed(bool)",
                    // As before 0.10.2, and granted.
                    "drop view ai.vectorizer_status",
                    "create view ai.vectorizer_status as select 1 as id",
                    "grant select on ai.vectorizer_status to public");
        }
    }

    private void install(String path, Outcome outcome, boolean autoCommit) throws Exception {
        CatalogScript script = SmallScript.of("0.12.1", CARELESS, directory);
        try (Connection connection = database.connect()) {
            EmptyDatabase.execute(connection, "set search_path = " + path);
            connection.setAutoCommit(autoCommit);
            CatalogInstaller installer = CatalogInstaller.on(connection).withVectorSchema("extensions");

            assertThat(installer.install(script).outcome()).isEqualTo(outcome);
            assertThat(installer.install(script).outcome()).isEqualTo(Outcome.UNCHANGED);

            assertThat(installer.status())
                    .returns("0.12.1", CatalogStatus::version)
                    .returns("extensions", CatalogStatus::vectorSchema);
            assertThat(EmptyDatabase.query(connection, "show search_path")).isEqualTo(path);
            if (!autoCommit) {
                connection.commit();
            }
        }
    }
}
