package dev.pgai.contract.install;

import static dev.pgai.contract.install.EmptyDatabase.execute;
import static dev.pgai.contract.install.EmptyDatabase.query;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.pgai.catalog.CatalogInstallException;
import dev.pgai.catalog.CatalogInstallException.Reason;
import dev.pgai.catalog.CatalogScript;
import dev.pgai.catalog.CatalogStatus;
import dev.pgai.catalog.InstallResult;
import dev.pgai.catalog.InstallResult.Outcome;
import dev.pgai.contract.jdbc.HostileSchema;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.jdbc.CatalogInstaller;
import dev.pgai.jdbc.Pgai;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The catalogs that pgai published. */
class RealCatalogTest {

    private static final String CREATE_VECTORIZER = """
            select ai.create_vectorizer(
              'blog'::regclass,
              loading => ai.loading_column('contents'),
              embedding => ai.embedding_openai('text-embedding-3-small', 3),
              chunking => ai.chunking_recursive_character_text_splitter(),
              formatting => ai.formatting_python_template('$title: $chunk'))
            """;

    private static final String FUNCTIONS =
            "select string_agg(oid::regprocedure::text, ' ' order by oid::regprocedure::text)"
                    + " from pg_proc where pronamespace = 'ai'::regnamespace";

    private CatalogScript script;
    private EmptyDatabase database;

    @BeforeEach
    void createDatabase() {
        script = Inputs.catalog();
        database = new EmptyDatabase();
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        if (database != null) {
            database.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"simple,true", "simple,false", "extended,true", "extended,false", "extendedCacheEverything,true"})
    void installs_and_works(String mode, boolean autoCommit) throws Exception {
        try (Connection connection = database.connect("preferQueryMode=" + mode)) {
            connection.setAutoCommit(autoCommit);

            InstallResult result = CatalogInstaller.on(connection).install(script);

            assertThat(Installed.of(result))
                    .isEqualTo(new Installed(Outcome.INSTALLED, script.version(), null, "public", true));
            assertThat(query(connection, "show search_path")).isEqualTo("\"$user\", public");
            assertThat(CatalogInstaller.on(connection).status())
                    .returns(true, CatalogStatus::installed)
                    .returns(script.version(), CatalogStatus::version)
                    .returns(true, CatalogStatus::supported);
            createBlog(connection);
            assertThat(query(connection, CREATE_VECTORIZER)).isEqualTo("1");
            assertThat(query(connection, "select pending_items from ai.vectorizer_status"))
                    .isEqualTo("2");
        }
    }

    @Test
    void installs_with_vector_in_a_schema_that_needs_quotes() throws Exception {
        try (Connection connection = database.connect()) {
            execute(connection, "create schema \"My Extensions\"");
            CatalogInstaller.on(connection).withVectorSchema("My Extensions").install(script);
            createBlog(connection);
            execute(connection, CREATE_VECTORIZER);

            assertThat(query(
                            connection,
                            "select format_type(atttypid, atttypmod) from pg_attribute"
                                    + " where attrelid = 'blog_embedding_store'::regclass and attname = 'embedding'"))
                    .isEqualTo("\"My Extensions\".vector(3)");
        }
    }

    @Test
    void installs_without_standard_conforming_strings() throws Exception {
        try (Connection connection = database.connect()) {
            execute(connection, "set standard_conforming_strings = off", "set backslash_quote = off");
            CatalogInstaller.on(connection).install(script);
            createBlog(connection);

            assertThat(query(connection, CREATE_VECTORIZER)).isEqualTo("1");
        }
    }

    @Test
    void a_script_that_fails_at_its_end_leaves_nothing() throws Exception {
        try (Connection connection = database.connect()) {
            execute(
                    connection,
                    "create function refuse() returns event_trigger language plpgsql as"
                            + " 'begin if to_regproc(''ai.grant_vectorizer_usage'') is not null"
                            + " then raise exception ''too late''; end if; end'",
                    "create event trigger refuse on ddl_command_end execute function refuse()");

            assertThatExceptionOfType(CatalogInstallException.class)
                    .isThrownBy(() -> CatalogInstaller.on(connection).install(script))
                    .returns(Reason.FAILED, CatalogInstallException::reason)
                    .withMessageContaining("too late")
                    .satisfies(e -> assertThat(e).message().hasSizeLessThan(2000));

            assertThat(query(connection, "select to_regnamespace('ai')")).isNull();
            assertThat(query(connection, "select to_regtype('vector')")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "My Extensions"})
    void what_a_dropped_vector_took_along_is_made_again(String schema) throws Exception {
        try (Connection connection = database.connect()) {
            execute(connection, "create schema if not exists \"" + schema + "\"");
            CatalogInstaller.on(connection).withVectorSchema(schema).install(script);
            createBlog(connection);
            execute(connection, CREATE_VECTORIZER);
            String functions = query(connection, FUNCTIONS);
            assertThat(CatalogInstaller.on(connection).status().missing()).isEmpty();

            execute(connection, "drop extension vector cascade");
            assertThat(CatalogInstaller.on(connection).status().missing())
                    .contains("ai.vectorizer_embed")
                    .anySatisfy(name -> assertThat(name).endsWith(".vector"));

            assertThat(Installed.of(CatalogInstaller.on(connection).install(script)))
                    .isEqualTo(new Installed(Outcome.REINSTALLED, script.version(), script.version(), schema, true));

            assertThat(query(connection, FUNCTIONS)).isEqualTo(functions);
            assertThat(CatalogInstaller.on(connection).status().missing()).isEmpty();
            assertThat(CatalogInstaller.on(connection).install(script).outcome())
                    .isEqualTo(Outcome.UNCHANGED);
            Pgai pgai = Pgai.on(connection);
            String name = requireNonNull(query(connection, "select name from ai.vectorizer"));
            assertThat(pgai.exists(name)).isFalse();
            String rest = pgai.inspect(name).damages().toString();
            assertThat(rest).contains("STORE_DIFFERS");
            // What mends it, as the hint says.
            execute(connection, "drop table blog_embedding_store cascade");
            assertThat(pgai.repair(name)).isTrue();
            assertThat(pgai.exists(name)).isTrue();
        }
    }

    @Test
    void a_table_that_was_dropped_is_named_and_not_made_again() throws Exception {
        try (Connection connection = database.connect()) {
            CatalogInstaller.on(connection).install(script);
            execute(
                    connection,
                    "drop view ai.vectorizer_errors cascade",
                    "drop table ai.vectorizer_worker_progress cascade",
                    "drop function ai._worker_start");

            assertThat(CatalogInstaller.on(connection).install(script).outcome())
                    .isEqualTo(Outcome.REINSTALLED);

            assertThat(CatalogInstaller.on(connection).status().missing())
                    .containsExactly("ai.vectorizer_errors", "ai.vectorizer_worker_progress");
            assertThat(CatalogInstaller.on(connection).install(script).outcome())
                    .isEqualTo(Outcome.UNCHANGED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.10.2", "0.10.5", "0.11.0"})
    void what_an_older_catalog_lost_is_made_again(String old) throws Exception {
        CatalogScript oldScript = Inputs.oldCatalog(old);
        try (Connection connection = database.connect()) {
            CatalogInstaller.on(connection).install(oldScript);
            String functions = query(connection, FUNCTIONS);
            assertThat(CatalogInstaller.on(connection).install(oldScript).outcome())
                    .isEqualTo(Outcome.UNCHANGED);
            execute(connection, "drop extension vector cascade");

            assertThat(CatalogInstaller.on(connection).install(oldScript).outcome())
                    .isEqualTo(Outcome.REINSTALLED);
            assertThat(query(connection, FUNCTIONS)).isEqualTo(functions);
            assertThat(CatalogInstaller.on(connection).status().missing()).isEmpty();

            execute(connection, "drop extension vector cascade");
            assertThat(Installed.of(CatalogInstaller.on(connection).install(script)))
                    .isEqualTo(new Installed(Outcome.UPGRADED, script.version(), old, "public", true));
            assertThat(CatalogInstaller.on(connection).status().missing()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"_worker_start", "create_vectorizer", "_vectorizer_create_target_table", "grant_to"})
    void a_function_that_was_dropped_is_made_again(String function) throws Exception {
        try (Connection connection = database.connect()) {
            CatalogInstaller.on(connection).install(script);
            String functions = query(connection, FUNCTIONS);
            execute(
                    connection,
                    "do $$ declare f regprocedure; begin for f in select oid from pg_proc where proname = '" + function
                            + "' and pronamespace = 'ai'::regnamespace loop"
                            + " execute format('drop function %s cascade', f); end loop; end $$");

            assertThat(CatalogInstaller.on(connection).install(script).outcome())
                    .isEqualTo(Outcome.REINSTALLED);

            assertThat(query(connection, FUNCTIONS)).isEqualTo(functions);
            assertThat(CatalogInstaller.on(connection).install(script).outcome())
                    .isEqualTo(Outcome.UNCHANGED);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.11.0,UPGRADED", "0.10.1,UPGRADED", ",INSTALLED"})
    void what_others_put_into_public_is_not_used(@Nullable String old, Outcome outcome) throws Exception {
        CatalogScript oldScript = old == null ? null : Inputs.oldCatalog(old);
        try (Connection connection = database.connect()) {
            execute(connection, "create schema extensions");
            CatalogInstaller installer = CatalogInstaller.on(connection).withVectorSchema("extensions");
            if (oldScript != null) {
                installer.install(oldScript);
            }
            HostileSchema.fill(connection, "public");

            assertThat(installer.install(script).outcome()).isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.10.0", "0.10.1", "0.10.2", "0.11.0", "0.12.0"})
    void upgrades_and_keeps_the_vectorizer(String old) throws Exception {
        CatalogScript oldScript = Inputs.oldCatalog(old);
        String role = database.createRole();
        try (Connection connection = database.connect()) {
            assumeFalse(
                    old.equals("0.10.0") && connection.getMetaData().getDatabaseMajorVersion() == 15,
                    "pgai 0.10.0 has a syntax error on PostgreSQL 15");
            CatalogInstaller.on(connection).install(oldScript);
            boolean nameless = old.equals("0.10.0") || old.equals("0.10.1");
            assertThat(CatalogInstaller.on(connection).status())
                    .returns(old, CatalogStatus::version)
                    .returns(!nameless, CatalogStatus::supported);
            createBlog(connection);
            execute(
                    connection,
                    CREATE_VECTORIZER,
                    "insert into blog_embedding_store (id, chunk_seq, chunk, embedding) values (1, 0, 'a', '[1,2,3]')",
                    "select ai.grant_vectorizer_usage('" + role + "', false)",
                    "grant select on ai.vectorizer_status to public");
            String config = query(connection, "select config from ai.vectorizer");
            String rights = rightsOnStatusView(connection);

            InstallResult result = CatalogInstaller.on(connection).install(script);

            assertThat(Installed.of(result))
                    .isEqualTo(new Installed(Outcome.UPGRADED, script.version(), old, "public", false));
            assertThat(CatalogInstaller.on(connection).status().supported()).isTrue();
            assertThat(query(connection, "select config from ai.vectorizer")).isEqualTo(config);
            assertThat(rightsOnStatusView(connection)).isEqualTo(rights).contains(role + "=", "{=r/");
            execute(connection, "insert into blog (title, contents) values ('c', 'c')");
            assertThat(query(connection, "select pending_items from ai.vectorizer_status"))
                    .isEqualTo("3");
            assertThat(query(connection, "select embedding::text from blog_embedding where title = 'a'"))
                    .isEqualTo("[1,2,3]");
            execute(connection, "select ai.drop_vectorizer(id) from ai.vectorizer");
            assertThat(query(connection, "select count(*) from ai.vectorizer")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.10.0", "0.11.0", "0.12.0"})
    void never_downgrades(String old) throws Exception {
        CatalogScript oldScript = Inputs.oldCatalog(old);
        try (Connection connection = database.connect()) {
            CatalogInstaller.on(connection).install(script);
            createBlog(connection);
            execute(connection, CREATE_VECTORIZER);

            assertThatExceptionOfType(CatalogInstallException.class)
                    .isThrownBy(() -> CatalogInstaller.on(connection).install(oldScript))
                    .returns(Reason.DOWNGRADE, CatalogInstallException::reason)
                    .withMessageContainingAll(old, script.version());

            assertThat(CatalogInstaller.on(connection).status().version()).isEqualTo(script.version());
            assertThat(query(connection, "select pending_items from ai.vectorizer_status"))
                    .isEqualTo("2");
        }
    }

    @Test
    void a_view_on_the_old_status_view_is_not_dropped() throws Exception {
        CatalogScript oldScript = Inputs.oldCatalog("0.10.1");
        try (Connection connection = database.connect()) {
            CatalogInstaller.on(connection).install(oldScript);
            execute(connection, "create view mine as select * from ai.vectorizer_status");

            assertThatExceptionOfType(CatalogInstallException.class)
                    .isThrownBy(() -> CatalogInstaller.on(connection).install(script))
                    .returns(Reason.DEPENDENT_OBJECTS, CatalogInstallException::reason)
                    .returns("2BP01", PgaiDatabaseException::sqlState)
                    .withMessageContainingAll("mine", "ai.vectorizer_status", "create it again");

            assertThat(CatalogInstaller.on(connection).status().version()).isEqualTo("0.10.1");
            assertThat(query(connection, "select count(*) from mine")).isEqualTo("0");
        }
    }

    private static void createBlog(Connection connection) throws SQLException {
        execute(
                connection,
                "create table blog (id int generated always as identity primary key, title text, contents text)",
                "insert into blog (title, contents) values ('a', 'a'), ('b', 'b')");
    }

    private static String rightsOnStatusView(Connection connection) throws SQLException {
        return requireNonNull(query(
                connection,
                "select array_agg(a::text order by a::text)::text from pg_class c, unnest(c.relacl) a"
                        + " where c.oid = 'ai.vectorizer_status'::regclass"));
    }
}
